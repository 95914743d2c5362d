import Containers
import Testing

@testable import ServerKernel

@Suite struct ConfigurationSetTests {
  @Test func setsSeveralAtOnce() throws {
    let server = try TestServer()
    #expect(server.set("Test-Entries", "7", "test-memory", "1kb") == nil)
    #expect(server.entries.value == 7)
    #expect(server.memory.value == 1024)
  }

  @Test func changesNothingWhenAValueIsRefused() throws {
    let server = try TestServer()
    #expect(
      server.set("test-entries", "7", "save", "1 1", "test-memory", "lots")
        == "ERR CONFIG SET failed (possibly related to argument 'test-memory') - argument must be a memory value")
    #expect(server.entries.value == 512)
    #expect(server.get("save") == ["save=3600 1 300 100 60 10000"])
  }

  @Test func restoresAndAppliesAgainWhenAnActionFails() throws {
    let configuration = Configuration()
    let good = Setting<Int>("good", default: 1, range: 0...9)
    let bad = Setting<Int>("bad", default: 1, range: 0...9)
    var applied: [Int] = []
    try configuration.register([
      good.parameter { () throws(ConfigurationError) in applied.append(good.value) },
      bad.parameter { () throws(ConfigurationError) in
        if bad.value == 2 { throw ConfigurationError("out of order") }
      },
    ])
    let error = #expect(throws: ConfigurationSetError.self) {
      try configuration.set(
        [(Array("good".utf8), [0x35]), (Array("bad".utf8), [0x32])], by: .init(isLocal: true, isLoading: false))
    }
    #expect(error == .refused(argument: Array("bad".utf8), reason: "out of order"))
    #expect(good.value == 1 && bad.value == 1)
    #expect(applied == [5, 1])
  }

  @Test func runsASharedActionOnceAndNoneWithoutAChange() throws {
    let configuration = Configuration()
    let left = Setting<Int>("left", default: 1, range: 0...9), right = Setting<Int>("right", default: 1, range: 0...9)
    var runs = 0
    let action = ApplyAction { () throws(ConfigurationError) in runs += 1 }
    try configuration.register([left.parameter(apply: action), right.parameter(apply: action)])
    let caller = Configuration.Caller(isLocal: true, isLoading: false)
    try configuration.set([(Array("left".utf8), [0x32]), (Array("right".utf8), [0x32])], by: caller)
    #expect(runs == 1)
    try configuration.set([(Array("left".utf8), [0x32])], by: caller)
    #expect(runs == 1)
  }

  @Test(arguments: [
    (["foo", "1", "bar", "2"], "ERR Unknown option or number of arguments for CONFIG SET - 'foo'"),
    (["Databases", "1"], failed("Databases", "can't set immutable config")),
    (["dbfilename", "x"], failed("dbfilename", "can't set protected config")),
    (["hz", "1", "HZ", "2"], failed("HZ", "duplicate parameter")),
    (["Slave-Priority", "x"], failed("slave-priority", "argument couldn't be parsed into an integer")),
    (["test-entries", "-1"], failed("test-entries", "argument must be between 0 and 9223372036854775807 inclusive")),
    (["maxclients", "0"], failed("maxclients", "argument must be between 1 and 4294967295 inclusive")),
    (["hz", "+1"], failed("hz", "argument couldn't be parsed into an integer")),
    (["save", "1  2"], failed("save", "Invalid save parameters")),
    (["shutdown-on-sigint", ""],
      failed("shutdown-on-sigint", "argument(s) must be one of the following: default, save, nosave, now, force")),
    (["oom-score-adj-values", "1 2"], failed("oom-score-adj-values", "wrong number of arguments")),
  ])
  func refuses(words: [String], reply: String) throws {
    let server = try TestServer()
    let result = words.count == 2 ? server.set(words[0], words[1]) : server.set(words[0], words[1], words[2], words[3])
    #expect(result == reply)
  }

  @Test func protectedParametersNeedPermission() throws {
    let server = try TestServer()
    #expect(server.load("enable-protected-configs local") == nil)
    #expect(server.set("dbfilename", "x.rdb") == nil)
    #expect(throws: ConfigurationSetError.self) {
      try server.configuration.set(
        [(Array("dbfilename".utf8), [0x79])], by: .init(isLocal: false, isLoading: false))
    }
    #expect(server.get("dbfilename") == ["dbfilename=x.rdb"])
  }

  @Test func someParametersAreDeniedWhileLoading() throws {
    let server = try TestServer()
    #expect(server.set("appendonly", "yes", loading: true) == "LOADING Redis is loading the dataset in memory")
    #expect(server.set("hz", "20", loading: true) == nil)
  }

  @Test func getFindsNamesAliasesAndPatterns() throws {
    let server = try TestServer()
    #expect(server.set("TEST-OLD-ENTRIES", "3") == nil)
    #expect(server.get("test-*entr?es") == ["test-entries=3", "test-old-entries=3"])
    #expect(server.get("TEST-entries", "test-ENTRIES", "nothing") == ["TEST-entries=3"])
    #expect(server.get("TEST-entries", "test-e*") == ["TEST-entries=3"])
    #expect(server.get("use-exit-*").isEmpty)
    #expect(server.get("use-exit-on-panic") == ["use-exit-on-panic=no"])
    #expect(server.get("[s]lave-pr[a-z]ority", "slave-[^r]*ority") == ["slave-priority=100"])
    let isSensitive = server.configuration.isSensitive(Bytes("MasterAuth"))
    #expect(isSensitive)
  }

  @Test func showsValuesAsRedisDoes() throws {
    let server = try TestServer()
    #expect(server.set("notify-keyspace-events", "KAEn", "oom-score-adj", "relative") == nil)
    #expect(
      server.get("notify-keyspace-events", "oom-score-adj") == ["notify-keyspace-events=AKE", "oom-score-adj=yes"])
    #expect(server.set("maxmemory-clients", "5%", "latency-tracking-info-percentiles", "50 99.99 0.001") == nil)
    #expect(server.get("maxmemory-clients", "latency-tracking-info-percentiles") == [
      "maxmemory-clients=5%", "latency-tracking-info-percentiles=50 99.99 0.001",
    ])
    #expect(server.set("latency-tracking-info-percentiles", "", "bind", "") == nil)
    #expect(server.get("latency-tracking-info-percentiles", "bind") == ["latency-tracking-info-percentiles=", "bind="])
  }

  /// On a parameter of its own: the server's is one for the whole process, and other tests run beside this one.
  @Test func shutdownOptionsAreShownAndWrittenInTheOrderOfRedis() throws {
    let configuration = Configuration()
    let setting = Setting<ShutdownOptions>("on-signal", default: [], syntax: .shutdownOptions)
    try configuration.register([setting.parameter])
    try configuration.set(
      [(Array("on-signal".utf8), Array("force nosave now".utf8))], by: .init(isLocal: true, isLoading: false))
    #expect(configuration.text(of: "on-signal") == Array("nosave now force".utf8))
    let text = configuration.rewritten([])
    #expect(String(decoding: text, as: UTF8.self).hasSuffix("\non-signal nosave now force\n"))
    let second = Configuration()
    let loaded = Setting<ShutdownOptions>("on-signal", default: [], syntax: .shutdownOptions)
    try second.register([loaded.parameter])
    try second.load(text: text)
    #expect(loaded.value == setting.value)
  }

  @Test func aNameRegisteredTwiceIsAnError() throws {
    let server = try TestServer()
    #expect(throws: ConfigurationRegistrationError.self) {
      try server.configuration.register([Setting<Bool>("slave-priority", default: true).parameter])
    }
  }
}

private func failed(_ argument: String, _ reason: String) -> String {
  "ERR CONFIG SET failed (possibly related to argument '\(argument)') - \(reason)"
}
