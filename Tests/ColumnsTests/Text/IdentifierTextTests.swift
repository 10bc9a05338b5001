import Bytes
import Testing

@testable import Columns

struct IdentifierTextTests {
    static let idTypes: [ColumnType] = [.id8Lower, .id8Upper, .id16Lower, .id16Upper, .uuidLower, .uuidUpper]

    @Test(
        "ids are told by length, digits and case",
        arguments: [
            ("4ec7b99952194ec6", .id8Lower), ("4EC7B99952194EC6", .id8Upper), ("1234567890123456", .id8Lower),
            ("00000000000000000000000000000000", .id16Lower), ("0000000000000000000000000000000A", .id16Upper),
            ("5770385f-c22a-43e0-bf4c-06f5698ffbd9", .uuidLower), ("5770385F-C22A-43E0-BF4C-06F5698FFBD9", .uuidUpper),
            ("00000000-0000-0000-0000-000000000000", .uuidLower), ("4ec7b99952194EC6", nil),
            ("4ec7b99952194ecg", nil), ("4ec7b99952194ec", nil), ("", nil),
            ("5770385f-c22a-43e0-bf4c-06f5698ffbdg", nil),
            ("5770385f-c22a-43e0-bf4c006f5698ffbd9", nil), ("5770385f-c22a-43e0-bf4c-06F5698ffbd9", nil),
            ("{5770385f-c22a-43e0-bf4c-06f5698ffbd9}", nil), ("5770385f-c22a-43e0-b-4c-06f5698ffbd9", nil),
        ] as [(String, ColumnType?)])
    func recognised(_ text: String, _ type: ColumnType?) {
        #expect(withText(text) { IdentifierText.recognise($0) } == type)
    }

    @Test("an id's words hold its bytes, the first lowest")
    func words() throws {
        let id = try #require(withText("000102030405060708090a0b0c0d0e0f") { IdentifierText.parse($0) })
        #expect(id.first == 0x0706_0504_0302_0100)
        #expect(id.second == 0x0F0E_0D0C_0B0A_0908)
        let uuid = try #require(withText("00010203-0405-0607-0809-0a0b0c0d0e0f") { IdentifierText.parse($0) })
        #expect(uuid.first == id.first)
        #expect(uuid.second == id.second)
    }

    @Test("random ids of every type come back; near misses render to themselves", arguments: idTypes)
    func random(_ type: ColumnType) {
        var random = SplitMix64(seed: UInt64(type.rawValue))
        for _ in 0..<500 {
            let second = type.layout == .fixed8 ? 0 : random.next()
            let value = IdentifierText.Value(type: type, first: random.next(), second: second)
            let text = rendered { IdentifierText.append(value, to: &$0) }
            #expect(text.utf8.count == IdentifierText.byteCount(type))
            #expect(withText(text) { IdentifierText.parse($0) } == value)
            let other = random.nearMiss(of: text)
            if let found = withText(other, { IdentifierText.parse($0) }) {
                #expect(rendered { IdentifierText.append(found, to: &$0) } == other)
            }
        }
    }

    @Test("other types have no id text")
    func otherTypes() {
        for type in ColumnType.allCases where !Self.idTypes.contains(type) {
            #expect(IdentifierText.byteCount(type) == nil)
            #expect(rendered { IdentifierText.append(.init(type: type, first: 1, second: 2), to: &$0) } == "")
        }
    }
}
