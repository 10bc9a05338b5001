import Bytes
import Columns

/// A page of messages taken apart, and the resource that it needs.
enum TemplatePage {
    static func encoding(
        _ messages: StringVector, profile: EncodingProfile
    ) -> (node: StringNode, environment: TemplateEnvironment)? {
        guard let taken = TemplatedMessages.build(messages: messages) else { return nil }
        let assignment = taken.assignment()
        let streams = taken.streams(assignment, in: 0..<messages.count).map { stream in
            StringNode.Stream(
                count: stream.values.count, node: StringNode.encoding(stream.values, profile: profile))
        }
        let codes = IntegerNode.encoding(taken.codes(in: 0..<messages.count), profile: profile)
        return (
            .template(resource: 0, codes: codes, streams: streams), TemplateEnvironment(taken.templateSet(assignment))
        )
    }
}

/// Gives templates and counts nothing.
final class TemplateEnvironment: PageEnvironment {
    private let set: TemplateSet
    private let others = NoEnvironment()

    init(_ set: TemplateSet) { self.set = set }

    func templates(_ resource: Int) throws(DecodeError) -> TemplateSet { set }
    func charge(_ byteCount: Int) throws(DecodeError) {}
    func zstdDictionary(_ resource: Int) throws(DecodeError) -> ZstdDictionary { try others.zstdDictionary(resource) }
    func symbolTable(_ resource: Int) throws(DecodeError) -> SymbolTable { try others.symbolTable(resource) }
    func mapTable(_ resource: Int) throws(DecodeError) -> MapTable { try others.mapTable(resource) }
    func integerDictionary(_ resource: Int) throws(DecodeError) -> [UInt64] { try others.integerDictionary(resource) }
    func stringDictionary(_ resource: Int) throws(DecodeError) -> StringVector { try others.stringDictionary(resource) }
    func fixedDictionary(_ resource: Int, width: Int) throws(DecodeError) -> [UInt8] {
        try others.fixedDictionary(resource, width: width)
    }
    func source(_ ordinal: Int) throws(DecodeError) -> any SourceColumn { try others.source(ordinal) }
}
