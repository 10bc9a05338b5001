/// `segment-bench [part ...]`: prints what the parts reach on this machine. `segment-bench encode FILE.ndjson` does so
/// for whole segments.
let parts: [(name: String, run: () -> Void)] = [
    ("kernels", KernelBench.run),
    ("codecs", CodecBench.run),
    ("integers", IntegerBench.run),
    ("filters", FilterBench.run),
    ("floats", FloatBench.run),
    ("strings", StringBench.run),
    ("symbols", SymbolBench.run),
    ("numbers", NumberBench.run),
    ("hot", IntegerBench.encodeHot),
]

let wanted = CommandLine.arguments.dropFirst()
if wanted.first == "encode", wanted.count == 2 {
    try EncodeBench.run(wanted[2])
} else {
    for part in parts where wanted.isEmpty || wanted.contains(part.name) { part.run() }
}
