extension ConformanceRunner {
  /// Whether this run records transcripts instead of reading them: `RECORD_TRANSCRIPTS=1`.
  public static var isRecording: Bool { environment("RECORD_TRANSCRIPTS") == "1" }

  /// How the server's replies to all cases differ from the recorded ones, in both protocols.
  ///
  /// When recording, asks the oracle, and only the oracle, and writes the file first.
  public func differencesFromTranscript() throws(ConformanceError) -> [Difference] {
    if ConformanceRunner.isRecording { try record() }
    guard let bytes = contents(of: transcriptPath) else {
      throw ConformanceError("there is no \(transcriptPath); record it with RECORD_TRANSCRIPTS=1")
    }
    let transcript = try Transcript(String(decoding: bytes, as: UTF8.self))
    var differences: [Difference] = []
    for test in cases {
      guard let entries = transcript.entries[test.name], entries.map(\.command) == test.commands.map(\.description)
      else {
        let detail = "the transcript has other commands or none; record it again with RECORD_TRANSCRIPTS=1"
        differences.append(Difference(caseName: test.name, detail: detail))
        continue
      }
      for version in [2, 3] {
        let expected = try entries.map { entry throws(ConformanceError) in
          let raw = entry.replies[version] ?? []
          guard let parsed = try RESPParser.parse(raw) else {
            throw ConformanceError("truncated reply in the transcript")
          }
          return RESPReply(value: parsed.value, raw: raw)
        }
        let actual = try replies(of: server, to: test, protocolVersion: version)
        differences += compare(test, actual, expected, protocolVersion: version)
      }
    }
    let known = Set(cases.map(\.name))
    for name in transcript.entries.keys.sorted() where !known.contains(name) {
      differences.append(Difference(caseName: name, detail: "is in the transcript, but there is no such case"))
    }
    return differences
  }

  private func record() throws(ConformanceError) {
    guard let oracle else { throw ConformanceError("recording needs a real redis-server") }
    var transcript = Transcript()
    for test in cases {
      let old = try replies(of: oracle, to: test, protocolVersion: 2)
      let new = try replies(of: oracle, to: test, protocolVersion: 3)
      transcript.add(
        test.name,
        test.commands.indices.map { index in
          Transcript.Entry(command: test.commands[index].description, replies: [2: old[index].raw, 3: new[index].raw])
        })
    }
    guard write(Array(transcript.text.utf8), to: transcriptPath) else {
      throw ConformanceError("cannot write \(transcriptPath): \(systemError())")
    }
  }
}
