import ConformanceSupport
import Testing

/// A command on a built-in type that comes from another package than the type.
@Suite struct HashExtraTests {
  @Test(arguments: ["listpack", "hashtable"]) func valuesAreAdded(_ encoding: String) throws {
    let server = try ServerProcess(ThrottleTests.binary)
    let client = try server.connect()
    if encoding == "hashtable" { _ = try client.call("CONFIG SET hash-max-listpack-entries 0") }
    #expect(try client.call("HSUM hash").value == .integer(0))
    _ = try client.call("HSET hash a 40 b -1 c 3")
    #expect(try client.call("OBJECT ENCODING hash").value.text == encoding)
    #expect(try client.call("HSUM hash").value == .integer(42))
    _ = try client.call("HSET hash d 9223372036854775807")
    #expect(try client.call("HSUM hash").raw == Array("-ERR the sum would overflow\r\n".utf8))
    _ = try client.call("HSET hash d 1.5")
    #expect(try client.call("HSUM hash").raw == Array("-ERR hash value is not an integer\r\n".utf8))
    _ = try client.call("SET text abc")
    #expect(try client.call("HSUM text").value.isError)
  }
}
