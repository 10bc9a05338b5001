import Columns
import Files
import Glibc

/// Where and when something was measured: figures mean nothing without it.
struct BenchMachine {
    private let processor: String
    private let coreCount = sysconf(Int32(_SC_NPROCESSORS_ONLN))
    private let memoryByteCount = sysconf(Int32(_SC_PHYS_PAGES)) * sysconf(Int32(_SC_PAGESIZE))
    private let kernel: String
    private let load: Double
    private let date = TimestampText.utc(Console.now / 1_000_000_000 * 1_000_000_000)

    init() {
        let files = LocalFileSystem()
        // The system's files have no length to be read by.
        let text = { (path: String) in
            String(decoding: (try? files.stream(path).read(upTo: 1 << 16)) ?? [], as: UTF8.self)
        }
        let model = text("/proc/cpuinfo").split(separator: "\n").first { $0.hasPrefix("model name") }
        processor = model?.split(separator: ":").last.map { String($0.drop { $0 == " " }) } ?? "unknown processor"
        kernel = String(text("/proc/sys/kernel/osrelease").prefix { $0 != "\n" })
        load = text("/proc/loadavg").split(separator: " ").first.flatMap { Double($0) } ?? 0
    }

    /// Builds for debugging are many times slower.
    private static var build: String {
        #if DEBUG
            "debug"
        #else
            "release"
        #endif
    }

    /// Lines for people.
    var text: String {
        "\(Tool.name) \(Tool.version), \(Self.build) build; \(processor), \(coreCount) cores, "
            + "\(Quantity.bytes(memoryByteCount)), Linux \(kernel); \(date), load \(load)"
            + (Self.build == "debug" ? "\nA debug build: these figures say nothing of what is shipped" : "")
    }

    func add(to line: inout JSONLine) {
        line.add("tool", Tool.version)
        line.add("build", Self.build)
        line.add("processor", processor)
        line.add("cores", coreCount)
        line.add("memoryBytes", memoryByteCount)
        line.add("kernel", kernel)
        line.add("date", date)
        line.add("load", load)
    }
}
