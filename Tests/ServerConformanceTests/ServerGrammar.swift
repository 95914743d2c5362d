import ConformanceSupport

/// Random sequences of what the connection and server commands change and tell; no figures, which differ.
let serverGrammar = CommandGrammar(
  keys: ["a", "b", "c"],
  values: ["", "0", "1", "-1", "77", "yes", "no", "text", "10mb", "9223372036854775807", "1.5", "two words"],
  templates: [
    "SET {key} {value}", "GET {key}", "SELECT {pick 0|1|2|15|16|-1|x}", "SWAPDB {pick 0|1|x} {pick 0|2|16}",
    "FLUSHDB {pick ASYNC|SYNC|x}", "FLUSHALL", "DBSIZE", "ECHO {value}", "PING", "PING {value}", "PING {some value}",
    "CLIENT SETNAME {value}", "CLIENT GETNAME", "CLIENT NO-EVICT {pick on|off|x}", "CLIENT REPLY {pick ON|x}",
    "CLIENT KILL {pick ID|ADDR|TYPE|x} {value}", "CLIENT LIST {pick ID|TYPE|x} {pick x|0|-1}",
    "CLIENT PAUSE {pick x|-1}", "CLIENT UNPAUSE", "CLIENT UNBLOCK {pick 999999|x} {pick TIMEOUT|ERROR|x}",
    "CLIENT {pick foo|GETNAME|ID} {value}", "AUTH {some value}", "RESET",
    "CONFIG SET {pick maxmemory|hz|tcp-keepalive|slowlog-max-len|lfu-log-factor|maxmemory-samples} {value}",
    "CONFIG SET {pick lazyfree-lazy-expire|activerehashing|latency-tracking|databases} {value}",
    "CONFIG SET maxmemory-policy {pick noeviction|volatile-lru|x}", "CONFIG SET maxmemory 0 tcp-keepalive {value}",
    "CONFIG SET notify-keyspace-events {pick KEA|Kx|g$|Q|}", "CONFIG SET slowlog-log-slower-than -1",
    "CONFIG SET client-output-buffer-limit {pick normal|x} {value}",
    "CONFIG GET {pick maxmemory|hz|tcp-keepalive|slowlog-max-len|x|lfu-log-factor}", "CONFIG GET maxmemory-samples x",
    "CONFIG GET {pick notify-keyspace-events|maxmemory-policy|client-output-buffer-limit|databases}",
    "CONFIG {pick RESETSTAT|REWRITE|foo}", "COMMAND GETKEYS {pick GET|SET|DEL|CONFIG|x} {some key}",
    "COMMAND GETKEYSANDFLAGS {pick GET|COPY|MSET|PING} {some key}", "COMMAND INFO {pick get|x|set|quit}",
    "COMMAND DOCS {pick get|x|echo|select}", "COMMAND LIST FILTERBY {pick MODULE|x} {value}",
    "DEBUG DIGEST", "DEBUG DIGEST-VALUE {some key}", "DEBUG SET-ACTIVE-EXPIRE {pick 0|1}", "DEBUG ERROR {value}",
    "DEBUG PROTOCOL {pick map|set|double|null|true|false|bignum|verbatim|x}", "DEBUG POPULATE {pick 2|0|x|-1} {key}",
    "DEBUG {pick SLEEP|OBJECT|foo|SDSLEN} {pick x|absent}", "MEMORY USAGE {pick absent|x} {value}",
    "MEMORY {pick foo|USAGE}", "LATENCY {pick RESET|LATEST|HISTORY|GRAPH|foo} {value}", "LATENCY RESET",
    "SLOWLOG {pick RESET|foo}", "SLOWLOG GET {pick x|-2|1.5}", "LOLWUT", "ROLE", "LASTSAVE x", "TIME x",
    "INFO {pick errorstats|cluster|modules|x}", "HELLO {pick 1|9|x}", "SHUTDOWN {pick ABORT|x}", "MONITOR x",
  ],
  comparisons: ["config": .unorderedPairs])
