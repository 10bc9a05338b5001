import Bytes
import Testing

@testable import Columns
@testable import Segments

/// What Format/Segment.md defines must stand in a golden file: another reader is written against them.
@Suite struct GoldenCoverageTests {
    private static let seen: Result<GoldenContents, any Error> = Result {
        var contents = GoldenContents()
        for golden in GoldenTests.all {
            try contents.add(SegmentReader(MemorySource(GoldenFolder.read("good/\(golden.name).seg"))))
        }
        return contents
    }

    /// Every number for which there is a code.
    private func numbers<Code: RawRepresentable<UInt8>>(_: Code.Type) -> Set<UInt8> {
        Set((UInt8.min...UInt8.max).filter { Code(rawValue: $0) != nil })
    }

    @Test("every node, codec, type, kind of page, presence, kind of statistics and filter is in a golden file")
    func coverage() throws {
        let seen = try Self.seen.get()
        let tags = numbers(IntegerNode.Tag.self).union(numbers(FloatNode.Tag.self)).union(numbers(StringNode.Tag.self))
            .union(numbers(FixedNode.Tag.self))
        #expect(tags.subtracting(seen.tags).sorted().map { String($0, radix: 16) } == [])
        #expect(numbers(StoredBuffer.Codec.self).subtracting(seen.codecs) == [])
        #expect(Set(ColumnType.allCases).subtracting(seen.types) == [])
        #expect(numbers(PageEntry.Kind.self).subtracting(seen.pageKinds) == [])
        #expect(numbers(PageEntry.Presence.self).subtracting(seen.presences) == [])
        #expect(numbers(StatisticsBuilder.Kind.self).subtracting(seen.statisticsKinds) == [])
        #expect(Set(IdFilterKind.allCases.map(\.rawValue)).subtracting(seen.filterKinds) == [])
        #expect(seen.tiers == Set(EncodingProfile.Tier.allCases))
    }
}

/// What stands in segments.
struct GoldenContents {
    var tags: Set<UInt8> = []
    var codecs: Set<UInt8> = []
    var types: Set<ColumnType> = []
    var pageKinds: Set<UInt8> = []
    var presences: Set<UInt8> = []
    var statisticsKinds: Set<UInt8> = []
    var filterKinds: Set<UInt32> = []
    var tiers: Set<EncodingProfile.Tier> = []

    mutating func add(_ reader: SegmentReader) throws {
        tiers.insert(reader.tier)
        filterKinds.formUnion(reader.root.filters.map(\.kind))
        for column in try reader.allColumns() {
            types.insert(column.type)
            for (index, page) in try column.pages().enumerated() {
                pageKinds.insert(page.kind.rawValue)
                if page.kind == .data {
                    presences.insert(page.presence.rawValue)
                    add(PageOutline(try column.parsedPage(index)).parts)
                } else {
                    add(try column.resourceOutline(index).parts)
                }
            }
            if let statistics = try column.statistics()?.zones.first {
                statisticsKinds.insert(StatisticsBuilder.Kind(statistics.bounds).rawValue)
            }
        }
    }

    private mutating func add(_ parts: [NodeOutline.Part]) {
        for part in parts {
            switch part {
            case .field: break
            case .buffer(_, let buffer): codecs.insert(buffer.codec.rawValue)
            case .node(_, let node):
                tags.insert(node.tag)
                add(node.parts)
            }
        }
    }
}

extension StatisticsBuilder.Kind {
    fileprivate init(_ bounds: ColumnStatistics.Bounds) {
        switch bounds {
        case .none: self = .none
        case .signed: self = .signed
        case .unsigned: self = .unsigned
        case .double: self = .double
        case .text: self = .text
        }
    }
}
