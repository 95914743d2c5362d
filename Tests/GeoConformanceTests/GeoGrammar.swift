import ConformanceSupport

/// Random sequences of Geo commands; `string` holds no sorted set.
let geoGrammar = CommandGrammar(
  keys: ["a", "b", "string"],
  values: ["0", "13.361389", "-122.4194", "84.9", "-85.05112878", "179.99999", "1e-7", "x", "90", "-180"],
  templates: [
    "GEOADD {key} {int -180 180} {int -85 85} m{int 0 60}", "GEOADD {key} {int -180 180} {int -85 85} m{int 0 60}",
    "GEOADD {key} 1{int 0 3}.{int 0 999} 4{int 0 3}.{int 0 999} m{int 0 60} 1{int 0 3}.{int 0 999} 41 m{int 0 60}",
    "GEOADD {key} {pick NX|XX|CH} {value} {value} m{int 0 60}", "GEOADD {key} CH {int 0 9}.5 {int 0 9}.5 m{int 0 60}",
    "GEODIST {key} m{int 0 60} m{int 0 60} {pick M|km|FT|mi|x}", "GEODIST {key} m{int 0 60} m{int 0 60}",
    "GEOPOS {key} m{int 0 60} m{int 0 60}", "GEOHASH {key} m{int 0 60} m{int 0 60} m{int 0 60}",
    "GEOSEARCH {key} FROMLONLAT {int -180 180} {int -85 85} BYRADIUS {int 0 20000} km WITHDIST WITHHASH",
    "GEOSEARCH {key} FROMLONLAT 1{int 0 3}.{int 0 99} 4{int 0 3}.5 BYRADIUS {int 0 300} {pick m|km|mi} ASC WITHCOORD",
    "GEOSEARCH {key} FROMMEMBER m{int 0 60} BYBOX {int 0 9000} {int 0 9000} {pick km|mi} {pick ASC|DESC} WITHDIST",
    "GEOSEARCH {key} FROMLONLAT 1{int 0 3}.{int 0 999} 41.{int 0 999} BYBOX {int 0 400} {int 0 400} km",
    "GEOSEARCH {key} FROMLONLAT {value} {value} BYRADIUS {value} {pick km|mi|x} COUNT {int 0 5}",
    "GEOSEARCH {key} FROMMEMBER m{int 0 60} BYRADIUS {int 0 9000} km COUNT {int 1 5} ANY",
    "GEOSEARCHSTORE {key} {key} FROMMEMBER m{int 0 60} BYRADIUS {int 0 9000} km {pick ASC|DESC|STOREDIST|ANY}",
    "GEOSEARCHSTORE {key} {key} FROMLONLAT 12.5 42 BYBOX {int 0 900} {int 0 900} km COUNT {int 1 9}",
    "GEORADIUS {key} {int -180 180} {int -85 85} {int 0 9000} km {pick ASC|DESC|WITHDIST|WITHHASH|WITHCOORD}",
    "GEORADIUS {key} 12.5 42 {int 0 300} km {pick STORE|STOREDIST} {key}", "GEORADIUS_RO {key} 12.5 42 300 km DESC",
    "GEORADIUSBYMEMBER {key} m{int 0 60} {int 0 9000} km COUNT {int 1 9} WITHDIST",
    "GEORADIUSBYMEMBER_RO {key} m{int 0 60} {int 0 900} mi", "ZRANGE {key} 0 -1 WITHSCORES", "ZREM {key} m{int 0 60}",
    "ZADD {key} {value} m{int 0 60}", "DEL {key}", "TYPE {key}", "OBJECT ENCODING {key}", "SET string x",
  ])
