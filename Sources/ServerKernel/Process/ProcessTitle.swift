// Unsafe here: the title is written over the strings of arguments and environment that the kernel laid out at the
// start of the process. Their bounds come from the kernel, and the environment is copied away first.
import Containers
import Glibc

/// What `ps` shows of the process: the directives `set-proc-title` and `proc-title-template`.
public enum ProcessTitle {
  /// Whether the title is changed at all.
  public static let isEnabled = Setting<Bool>("set-proc-title", default: true, flags: .immutable)

  /// The title, with variables in braces.
  public static let template = StringSetting(
    "proc-title-template", default: "{title} {listen-addr} {server-mode}",
    validate: { text throws(ConfigurationError) in
      guard let title = expand(text, { variables.contains($0) ? $0 : nil }), !title.isEmpty else {
        throw ConfigurationError("template format is invalid or contains unknown variables")
      }
    })

  /// The name that the server was started by; the title is written over it.
  static let programName = String(decoding: ProcessStart.arguments.first ?? [], as: UTF8.self)

  private static let variables: Set = [
    "title", "listen-addr", "server-mode", "port", "tls-port", "config-file", "unixsocket",
  ]

  /// Replaces the variables of a template by what `value` gives for them; nil where one is unknown or a brace is
  /// left open. `{{` stands for a brace. Blanks at both ends are taken off.
  static func expand(_ template: [UInt8], _ value: (String) -> String?) -> [UInt8]? {
    var result: [UInt8] = []
    var rest = template[...]
    while let brace = rest.firstIndex(of: UInt8(ascii: "{")) {
      result += rest[..<brace]
      rest = rest[(brace + 1)...]
      guard let first = rest.first else { return nil }
      if first == UInt8(ascii: "{") {
        result.append(first)
        rest = rest.dropFirst()
        continue
      }
      guard let end = rest.firstIndex(of: UInt8(ascii: "}")),
        let text = value(String(decoding: rest[..<end], as: UTF8.self))
      else { return nil }
      result += Array(text.utf8)
      rest = rest[(end + 1)...]
    }
    result += rest
    let isBlank = { (byte: UInt8) in byte == UInt8(ascii: " ") }
    while let last = result.last, isBlank(last) { result.removeLast() }
    return Array(result.drop(while: isBlank))
  }

  /// Where the argument strings lie, and those of the environment behind them; found at first use, when the
  /// environment moves to memory of its own. Empty where the kernel does not tell.
  private static let area: Range<UInt> = {
    guard let text = try? FileSystem.read(Array("/proc/self/stat".utf8)) else { return 0..<0 }
    // Fields are counted behind the name, which may contain anything: it ends with the last parenthesis.
    let fields = String(decoding: text, as: UTF8.self).split(separator: ")").last?.split(separator: " ") ?? []
    guard fields.count > 48, let start = UInt(fields[45]), let end = UInt(fields[46]), start > 0, start < end else {
      return 0..<0
    }
    guard UInt(fields[47]) == end, let environmentEnd = UInt(fields[48]), environmentEnd > end else {
      return start..<end
    }
    moveEnvironment()
    return start..<environmentEnd
  }()

  private static func moveEnvironment() {
    var next = unsafe environ
    while let text = unsafe next.pointee {
      unsafe next.pointee = strdup(text)
      unsafe next += 1
    }
  }

  /// Shows `title`, cut to the room there is. The first time before any thread is started: the environment moves.
  static func show(_ title: [UInt8]) {
    guard let start = unsafe UnsafeMutablePointer<UInt8>(bitPattern: area.lowerBound) else { return }
    for index in 0..<area.count - 1 { unsafe start[index] = index < title.count ? title[index] : 0 }
    unsafe start[area.count - 1] = 0
  }
}

extension Server {
  /// Shows the title that the configuration asks for, in which `title` stands for the program's name.
  func showTitle() {
    if !ProcessTitle.isEnabled.value { return }
    let name = ProcessTitle.programName
    let listeners = loop.listeners
    let address = String(decoding: listeners.bind.value.addresses.first ?? Array("*".utf8), as: UTF8.self)
    let title = ProcessTitle.expand(ProcessTitle.template.value ?? []) { variable in
      switch variable {
      case "title": name
      case "listen-addr":
        listeners.port.value > 0
          ? "\(address):\(listeners.port.value)" : "unixsocket:\(listeners.unixSocket.text)"
      case "port": "\(listeners.port.value)"
      case "tls-port": "0"
      case "unixsocket": listeners.unixSocket.text
      case "config-file": String(decoding: configuration.filePath ?? Array("-".utf8), as: UTF8.self)
      default: ""
      }
    }
    if let title { ProcessTitle.show(title) }
  }
}
