import Glibc

/// One thing that is fed with made-up bytes.
struct Driver: Sendable {
    var name: String
    /// What is fed, and what must hold.
    var summary: String
    /// Longer inputs find nothing more here.
    var inputByteLimit = 4096
    /// Errors are refusals, which are fine; whatever must not happen stops the process.
    var run: @Sendable (inout FuzzInput) throws -> Void
    /// Changes an input in a way that random changes never would; nil where it cannot.
    var mutate: (@Sendable (_ input: [UInt8], _ byteLimit: Int, _ seed: UInt64) -> [UInt8]?)?

    static let all: [Driver] = [
        .segment, .layout, .integers, .doubles, .strings, .ids, .encodings, .symbols, .templates, .texts, .searches,
        .idFilters, .events, .formats, .codecs, .manifests, .indexes, .logs, .queries,
        .statements,
    ]

    /// Named by the environment, because libFuzzer starts this program anew with its own arguments.
    static let selected: Driver? = getenv("TRAVERSION_FUZZ_DRIVER").flatMap { text in
        let name = String(cString: text)
        return all.first { $0.name == name }
    }
}

/// Stops the process, which libFuzzer takes as a finding, when something that must hold does not.
func require(_ isTrue: Bool, _ message: @autoclosure () -> String, line: UInt = #line, file: StaticString = #file) {
    if !isTrue { fatalError(message(), file: file, line: line) }
}
