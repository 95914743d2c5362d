import ServerKernel
import SortedSetValues

/// The commands on sorted sets whose scores are places.
public enum Geo: CommandModule {
  public static var commands: [any RedisCommand.Type] {
    [
      GEOADD.self, GEODIST.self, GEOHASH.self, GEOPOS.self, GEORADIUS.self, GEORADIUSBYMEMBER.self,
      GEORADIUSBYMEMBER_RO.self, GEORADIUS_RO.self, GEOSEARCH.self, GEOSEARCHSTORE.self,
    ]
  }

  public static func register(in registry: Registry) { registry.add(SortedSetValue.self) }
}
