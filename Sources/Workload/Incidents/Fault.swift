/// What goes wrong in a service.
struct Fault: Sendable {
    enum Trigger: Sendable { case deploy, configChange, none }

    var name: String
    var trigger: Trigger
    /// The place in `exceptions` of what the service then throws.
    var exception: Int
    var drivesCPU: Bool
    var drivesMemory: Bool
    /// The setting whose change brings it about.
    var setting: String = ""

    static let all = [
        Fault(name: "memory_leak", trigger: .deploy, exception: 4, drivesCPU: true, drivesMemory: true),
        Fault(
            name: "connection_pool_exhausted", trigger: .configChange, exception: 2, drivesCPU: false,
            drivesMemory: false, setting: "db.pool.max"),
        Fault(name: "bad_deploy", trigger: .deploy, exception: 1, drivesCPU: false, drivesMemory: false),
        Fault(name: "cache_outage", trigger: .none, exception: 3, drivesCPU: true, drivesMemory: false),
        Fault(name: "cpu_saturation", trigger: .deploy, exception: 5, drivesCPU: true, drivesMemory: true),
        Fault(name: "network_partition", trigger: .none, exception: 0, drivesCPU: false, drivesMemory: false),
        Fault(
            name: "thread_starvation", trigger: .configChange, exception: 6, drivesCPU: true, drivesMemory: true,
            setting: "thread.pool.size"),
    ]

    /// An exception and its message, in which `#` stands for a number of milliseconds.
    static let exceptions: [(name: String, message: String)] = [
        ("java.net.SocketTimeoutException", "Read timed out after # ms"),
        ("java.lang.NullPointerException", "Cannot read field of a missing record after # ms"),
        ("com.zaxxer.hikari.pool.PoolExhaustedException", "connection pool exhausted: waited # ms for a connection"),
        ("redis.clients.jedis.exceptions.JedisConnectionException", "no resource from the pool after # ms"),
        ("java.lang.OutOfMemoryError", "Java heap space, collector ran for # ms"),
        ("java.util.concurrent.TimeoutException", "deadline exceeded after # ms"),
        ("java.util.concurrent.RejectedExecutionException", "no thread free after # ms"),
        ("com.shop.common.UpstreamServiceException", "upstream call failed after # ms: 503 Service Unavailable"),
    ]

    /// What a caller throws when a call failed.
    static let upstream = 7
}
