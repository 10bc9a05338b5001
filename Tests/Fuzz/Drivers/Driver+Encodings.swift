import Bytes

@testable import Columns

extension Driver {
    /// Values out of any bytes, encoded and decoded.
    static let encodings = Driver(
        name: "encodings", summary: "what the encoders choose for any values gives the values back",
        inputByteLimit: 2048
    ) { input in
        let tier = EncodingProfile.Tier.allCases[input.number(below: 3)]
        let profile = EncodingProfile.tier(tier)
        let choice = input.byte()
        switch choice % 4 {
        case 0:
            let values = input.numbers(choice)
            let node = IntegerNode.encoding(values, profile: profile)
            let read = try reread(node.write) { (reader) throws(DecodeError) in
                try IntegerNode.parse(&reader, count: values.count, depth: 0)
            }
            require(read == node, "an integer node is read otherwise than it was written")
            let decoded = try read.decode(count: values.count, rows: .unknown, in: NoEnvironment())
            require(decoded == values, "integers came back as others from \(node)")
        case 1:
            let values = input.numbers(choice).map { Double(bitPattern: $0) }
            let node = FloatNode.encoding(values, profile: profile)
            let read = try reread(node.write) { (reader) throws(DecodeError) in
                try FloatNode.parse(&reader, count: values.count, depth: 0)
            }
            let decoded = try read.decode(count: values.count, rows: .unknown, in: NoEnvironment())
            require(decoded.map(\.bitPattern) == values.map(\.bitPattern), "doubles came back as others from \(node)")
        default:
            var values = StringVector()
            for string in input.strings() { values.append(string) }
            let node = StringNode.encoding(values, profile: profile)
            let read = try reread(node.write) { (reader) throws(DecodeError) in
                try StringNode.parse(&reader, count: values.count, depth: 0)
            }
            require(read == node, "a string node is read otherwise than it was written")
            let decoded = try read.decode(count: values.count, rows: .unknown, in: NoEnvironment())
            require(decoded == values, "strings came back as others from \(node)")
        }
    }

    /// What is read back from the bytes that `write` makes, all of them.
    private static func reread<Node>(
        _ write: (inout ByteWriter) -> Void, _ parse: (inout ByteReader) throws(DecodeError) -> Node
    ) throws(DecodeError) -> Node {
        var writer = ByteWriter()
        write(&writer)
        var reader = ByteReader(writer.bytes)
        do {
            let node = try parse(&reader)
            require(reader.isAtEnd, "bytes follow the end of a node that was written")
            return node
        } catch {
            fatalError("what was written is refused: \(error)")
        }
    }
}

extension FuzzInput {
    /// Numbers of all that is left: as they stand, or as steps, repeats and multiples, which encoders look for.
    fileprivate mutating func numbers(_ choice: UInt8) -> [UInt64] {
        let width = 1 + Int(choice >> 2) % 8
        let unit = choice & 32 == 0 ? 1 : word()
        var numbers: [UInt64] = []
        var last: UInt64 = choice & 64 == 0 ? 0 : word()
        while !rest.isEmpty {
            let number = bytes(upTo: width).reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) } &* unit
            last = choice & 64 == 0 ? number : last &+ number
            for _ in 0..<(choice & 128 == 0 ? 1 : 1 + Int(number & 63)) { numbers.append(last) }
        }
        return numbers
    }
}
