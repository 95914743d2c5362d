import HashValues
import ListValues
import RDB
import ServerKernel

/// The commands on keys, whatever these hold.
public enum Generic: CommandModule {
  public static var commands: [any RedisCommand.Type] {
    [
      // Keys
      COPY.self, DEL.self, EXISTS.self, MOVE.self, RENAME.self, RENAMENX.self, TOUCH.self, UNLINK.self,
      // Times to live
      EXPIRE.self, EXPIREAT.self, EXPIRETIME.self, PERSIST.self, PEXPIRE.self, PEXPIREAT.self, PEXPIRETIME.self,
      PTTL.self, TTL.self,
      // Iteration
      KEYS.self, RANDOMKEY.self, SCAN.self,
      // Payloads
      DUMP.self, MIGRATE.self, RESTORE.self,
      // Sorting
      SORT.self, SORT_RO.self,
      // Introspection
      OBJECT.self, TYPE.self,
    ]
  }

  // SORT stores lists, and looks up fields of hashes.
  public static func register(in registry: Registry) {
    registry.add(HashValue.self)
    registry.add(ListValue.self)
    registry.add(RDBSettings.sanitizes.parameter)
    let links = MigrationLinks()
    registry.setService(links)
    registry.addTimer(milliseconds: 1000) { _ in links.closeUnused(now: Clock.monotonicSeconds) }
    registry.addInfo("Stats", group: "migrate") { info, _ in info.field("migrate_cached_sockets", links.count) }
  }
}
