/// How a process of the tool ended, and what it said.
struct ToolResult {
    var usage = ProcessUsage()
    var lineCount = 0
    /// The beginning of its standard output.
    var output = ""
    var errors = ""

    mutating func takeOutput(_ bytes: ArraySlice<UInt8>, keeping limit: Int) {
        for byte in bytes where byte == UInt8(ascii: "\n") { lineCount += 1 }
        if output.utf8.count < limit { output += String(decoding: bytes, as: UTF8.self) }
    }
}
