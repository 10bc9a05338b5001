import Bytes
import Testing

@testable import Columns

/// An environment with one template resource and one source column.
final class TemplateResources: PageEnvironment {
    private let set: TemplateSet
    private let sourceColumn: (any SourceColumn)?
    private let standalone: NoEnvironment

    init(
        _ set: TemplateSet, source: (any SourceColumn)? = nil, budget: Int = Limits.decodedByteCountPerPage
    ) {
        self.set = set
        sourceColumn = source
        standalone = NoEnvironment(budget: budget)
    }

    func zstdDictionary(_ resource: Int) throws(DecodeError) -> ZstdDictionary {
        try standalone.zstdDictionary(resource)
    }
    func symbolTable(_ resource: Int) throws(DecodeError) -> SymbolTable { try standalone.symbolTable(resource) }
    func templates(_ resource: Int) throws(DecodeError) -> TemplateSet {
        guard resource == 0 else { return try standalone.templates(resource) }
        return set
    }
    func mapTable(_ resource: Int) throws(DecodeError) -> MapTable { try standalone.mapTable(resource) }
    func integerDictionary(_ resource: Int) throws(DecodeError) -> [UInt64] {
        try standalone.integerDictionary(resource)
    }
    func stringDictionary(_ resource: Int) throws(DecodeError) -> StringVector {
        try standalone.stringDictionary(resource)
    }
    func fixedDictionary(_ resource: Int, width: Int) throws(DecodeError) -> [UInt8] {
        try standalone.fixedDictionary(resource, width: width)
    }
    func source(_ ordinal: Int) throws(DecodeError) -> any SourceColumn {
        guard let sourceColumn else { return try standalone.source(ordinal) }
        return sourceColumn
    }
    func charge(_ byteCount: Int) throws(DecodeError) { try standalone.charge(byteCount) }
}

/// Made-up messages like those that services write.
enum MadeUpMessages {
    static let words = ["cache", "basket", "rating", "ticket", "coupon", "query", "label", "device", "offer", "token"]

    static func service(_ count: Int, seed: UInt64) -> StringVector {
        var generator = SplitMix64(seed: seed)
        return StringVector((0..<count).map { _ in service(&generator) })
    }

    static func service(_ generator: inout SplitMix64) -> String {
        func number(_ limit: Int) -> Int { Int.random(in: 0..<limit, using: &generator) }
        func hex() -> String { String(String(generator.next(), radix: 16).prefix(12)) }
        let word = words[number(words.count)]
        switch number(9) {
        case 0: return "Processed order \(number(100_000_000)) for user u-\(number(90_000_000)) in \(number(900)).3 ms"
        case 1: return "Health probe ok: \(number(60)) checks, slowest \(number(50)).\(10 + number(90)) ms"
        case 2: return "Lock \(word):\(number(100_000)) released by worker-\(number(50))"
        case 3: return "Request \(hex()) from 10.\(number(256)).3.\(number(256)):\(number(65_536)) took \(number(99))ms"
        case 4: return "cache lookup key=\(word):\(number(1000)) shard=\(number(40)) temperature -\(number(40)).5"
        case 5: return "Score \(number(100)).\(number(10)) assigned to \(word)"
        case 6: return "2026-03-0\(1 + number(9)) 12:\(10 + number(50)):00,\(100 + number(900)) started"
        case 7: return ""
        default: return "Shutting down"
        }
    }

    /// Events of CRLF lines.
    static func events(_ count: Int, seed: UInt64) -> StringVector {
        var generator = SplitMix64(seed: seed)
        return StringVector(
            (0..<count).map { index in
                let word = words[Int.random(in: 0..<words.count, using: &generator)]
                let process = Int.random(in: 0..<9000, using: &generator)
                return "Process seen:\r\nUtcTime: 2026-03-02 10:00:\(10 + index % 50).123\r\nProcessId: \(process)\r\n"
                    + "Image: C:\\Tools\\\(word).exe\r\n\tOwner=\(word) team\r\nLogged."
            })
    }

    /// Bytes of all kinds, many of them digits, delimiters and line ends.
    static func noise(_ count: Int, seed: UInt64) -> StringVector {
        var generator = SplitMix64(seed: seed)
        let alphabet = Array("0123456789abcdefxyzXYZ.-_:,=/ {}\r\n\t\"".utf8)
        var messages = StringVector()
        for _ in 0..<count {
            let byteCount = Int.random(in: 0...Int.random(in: 1...200, using: &generator), using: &generator)
            messages.append(
                (0..<byteCount).map { _ in
                    Int.random(in: 0..<20, using: &generator) == 0
                        ? UInt8.random(in: 0...255, using: &generator)
                        : alphabet[Int.random(in: 0..<alphabet.count, using: &generator)]
                })
        }
        return messages
    }
}

extension TemplatedMessages {
    /// What a reader makes of some of the messages: written as resource and node, read back and decoded.
    func roundTrip(
        _ assignment: StreamAssignment, in range: Range<Int>, profile: EncodingProfile = .hot
    ) throws -> StringVector {
        var writer = ByteWriter()
        templateSet(assignment).write(to: &writer, profile: profile)
        var reader = ByteReader(writer.bytes)
        let set = try TemplateSet.parse(&reader, in: NoEnvironment())
        #expect(reader.isAtEnd)
        let node = StringNode.template(
            resource: 0, codes: IntegerNode.encoding(codes(in: range), profile: profile),
            streams: streams(assignment, in: range).map { stream in
                StringNode.Stream(
                    count: stream.values.count, node: .encoding(stream.values, profile: profile))
            })
        return try node.roundTrip(count: range.count, rows: .identity, in: TemplateResources(set))
    }
}

extension StringVector {
    func part(_ range: Range<Int>) -> StringVector {
        var part = StringVector()
        for index in range { part.append(self[index]) }
        return part
    }
}
