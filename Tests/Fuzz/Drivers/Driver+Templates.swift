import Bytes

@testable import Columns

extension Driver {
    /// Messages out of any bytes, cut to templates and put together again; and sets of templates out of any bytes.
    static let templates = Driver(
        name: "templates", summary: "messages come back from their templates; template sets of any bytes",
    ) { input in
        let choice = input.byte()
        if choice % 4 == 0 {
            var reader = ByteReader(input.rest)
            let set = try TemplateSet.parse(&reader, in: NoEnvironment())
            require(set.slotCounts.count + set.slotStreams.count == set.literals.count, "literals do not fit the slots")
            return
        }
        let profile = EncodingProfile.tier(choice % 4 == 1 ? .hot : .cold)
        var messages = StringVector()
        for string in input.strings() { messages.append(string) }
        if choice % 8 > 4 { for index in 0..<messages.count { messages.append(messages[index]) } }
        guard let templated = TemplatedMessages.build(messages: messages) else { return }
        let assignment = templated.assignment()
        var writer = ByteWriter()
        templated.templateSet(assignment).write(to: &writer, profile: profile)
        var reader = ByteReader(writer.bytes)
        let set = try TemplateSet.parse(&reader, in: NoEnvironment())
        require(reader.isAtEnd, "bytes follow the end of a template set")
        let range = Int(choice >> 3) % messages.count..<messages.count
        let node = StringNode.template(
            resource: 0, codes: .encoding(templated.codes(in: range), profile: profile),
            streams: templated.streams(assignment, in: range).map { stream in
                .init(count: stream.values.count, node: .encoding(stream.values, profile: profile))
            })
        do {
            let texts = try node.decode(count: range.count, rows: .identity, in: TemplateEnvironment(set))
            for (index, place) in range.enumerated() {
                require(texts[index] == messages[place], "message \(place) came back as \(texts.text(index))")
            }
        } catch {
            fatalError("messages do not come back: \(error)")
        }
    }
}

/// The environment of a page that has a set of templates as resource 0.
private final class TemplateEnvironment: PageEnvironment {
    private let set: TemplateSet
    private let standalone = NoEnvironment()

    init(_ set: TemplateSet) { self.set = set }

    func zstdDictionary(_ resource: Int) throws(DecodeError) -> ZstdDictionary {
        try standalone.zstdDictionary(resource)
    }
    func symbolTable(_ resource: Int) throws(DecodeError) -> SymbolTable { try standalone.symbolTable(resource) }
    func templates(_ resource: Int) throws(DecodeError) -> TemplateSet { set }
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
    func source(_ ordinal: Int) throws(DecodeError) -> any SourceColumn { try standalone.source(ordinal) }
    func charge(_ byteCount: Int) throws(DecodeError) { try standalone.charge(byteCount) }
}
