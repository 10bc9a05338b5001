import Bytes
import Columns

/// How a record stands in a manifest (Format/Store.md, 3.2).
extension ManifestRecord {
    private enum Tag: UInt8 {
        case settings = 1
        case nextWriter = 2
        case addSegment = 3
        case dropSegment = 4
        case forgetSegment = 5
        case droppedSegment = 6
        case source = 7
        case sealLog = 8
        case forgetLog = 9
        case sealedLog = 10
        case forget = 20
        case addIndex = 11
        case dropIndex = 12
        case forgetIndex = 13
        case droppedIndex = 14
        case addBaseState = 21
        case droppedBaseState = 22
        case horizon = 23
        case addKeyframe = 25
        case droppedKeyframe = 26
        case checkpointed = 27
    }

    func write(to writer: inout ByteWriter) {
        switch self {
        case .settings(let storeId, let length):
            writer.append(Tag.settings.rawValue)
            writer.append(littleEndian: storeId)
            writer.append(length.rawValue)
        case .nextWriter(let number):
            writer.append(Tag.nextWriter.rawValue)
            writer.append(varint: UInt64(number))
        case .addSegment(let entry):
            writer.append((entry.kind == .baseState ? Tag.addBaseState : .addSegment).rawValue)
            entry.write(to: &writer)
        case .dropSegment(let id):
            writer.append(Tag.dropSegment.rawValue)
            id.write(to: &writer)
        case .forgetSegment(let id):
            writer.append(Tag.forgetSegment.rawValue)
            id.write(to: &writer)
        case .droppedSegment(let segment):
            switch segment.entry.kind {
            case .events: writer.append(Tag.droppedSegment.rawValue)
            case .baseState: writer.append(Tag.droppedBaseState.rawValue)
            case .keyframe: writer.append(Tag.droppedKeyframe.rawValue)
            }
            writer.append(varint: segment.manifest)
            segment.entry.write(to: &writer)
        case .source(let entry, let replaced):
            writer.append(Tag.source.rawValue)
            writer.append(varint: replaced.map { $0 + 1 } ?? 0)
            entry.write(to: &writer)
        case .sealLog(let id):
            writer.append(Tag.sealLog.rawValue)
            id.write(to: &writer)
        case .forgetLog(let id):
            writer.append(Tag.forgetLog.rawValue)
            id.write(to: &writer)
        case .sealedLog(let id, let manifest):
            writer.append(Tag.sealedLog.rawValue)
            writer.append(varint: manifest)
            id.write(to: &writer)
        case .forget(let entry):
            writer.append(Tag.forget.rawValue)
            entry.write(to: &writer)
        case .addIndex(let entry):
            writer.append(Tag.addIndex.rawValue)
            entry.write(to: &writer)
        case .dropIndex(let id):
            writer.append(Tag.dropIndex.rawValue)
            id.write(to: &writer)
        case .forgetIndex(let id):
            writer.append(Tag.forgetIndex.rawValue)
            id.write(to: &writer)
        case .droppedIndex(let id, let manifest):
            writer.append(Tag.droppedIndex.rawValue)
            writer.append(varint: manifest)
            id.write(to: &writer)
        case .addKeyframe(let entry):
            writer.append(Tag.addKeyframe.rawValue)
            entry.write(to: &writer)
        case .checkpointed(let ids):
            writer.append(Tag.checkpointed.rawValue)
            writer.append(varint: ids.count)
            for id in ids { id.write(to: &writer) }
        case .horizon(let time):
            writer.append(Tag.horizon.rawValue)
            writer.append(zigzag: UInt64(bitPattern: time))
        }
    }

    init(parsing reader: inout ByteReader) throws(DecodeError) {
        guard let tag = Tag(rawValue: try reader.readByte()) else { throw reader.corrupt("unknown kind of record") }
        switch tag {
        case .settings:
            let storeId = try reader.read(littleEndian: UInt64.self)
            guard let length = WindowLength(rawValue: try reader.readByte()) else {
                throw reader.corrupt("unknown length of windows")
            }
            self = .settings(storeId: storeId, length)
        case .nextWriter:
            self = .nextWriter(UInt32(try reader.readCount(upTo: Int(UInt32.max), "number of a writer")))
        case .addSegment, .addBaseState:
            self = .addSegment(try SegmentEntry(parsing: &reader, kind: tag == .addBaseState ? .baseState : .events))
        case .dropSegment: self = .dropSegment(try SegmentId(parsing: &reader))
        case .forgetSegment: self = .forgetSegment(try SegmentId(parsing: &reader))
        case .droppedSegment, .droppedBaseState, .droppedKeyframe:
            let manifest = try reader.readVarint()
            let kind: SegmentEntry.Kind =
                tag == .droppedSegment ? .events : tag == .droppedBaseState ? .baseState : .keyframe
            let entry = try SegmentEntry(parsing: &reader, kind: kind)
            self = .droppedSegment(DroppedSegment(entry: entry, manifest: manifest))
        case .source:
            let replaced = try reader.readCount(upTo: StoreState.sourceLimit, "number of a source")
            self = .source(try SourceEntry(parsing: &reader), replaces: replaced == 0 ? nil : replaced - 1)
        case .sealLog: self = .sealLog(try LogId(parsing: &reader))
        case .forgetLog: self = .forgetLog(try LogId(parsing: &reader))
        case .sealedLog:
            let manifest = try reader.readVarint()
            self = .sealedLog(try LogId(parsing: &reader), manifest: manifest)
        case .forget: self = .forget(try ForgetEntry(parsing: &reader))
        case .addIndex: self = .addIndex(try IndexEntry(parsing: &reader))
        case .dropIndex: self = .dropIndex(try IndexId(parsing: &reader))
        case .forgetIndex: self = .forgetIndex(try IndexId(parsing: &reader))
        case .droppedIndex:
            let manifest = try reader.readVarint()
            self = .droppedIndex(try IndexId(parsing: &reader), manifest: manifest)
        case .addKeyframe: self = .addKeyframe(try KeyframeEntry(parsing: &reader))
        case .checkpointed:
            var ids: [SegmentId] = []
            for _ in 0..<(try reader.readCount(upTo: reader.remainingByteCount, "number of segments")) {
                ids.append(try SegmentId(parsing: &reader))
            }
            self = .checkpointed(ids)
        case .horizon: self = .horizon(Int64(bitPattern: try reader.readZigzag()))
        }
    }
}

extension LogId {
    func write(to writer: inout ByteWriter) { writer.append(numbers: self.writer, number) }

    init(parsing reader: inout ByteReader) throws(DecodeError) {
        let (writer, number) = try reader.readNumbers("number of a log file")
        self.init(writer: writer, number: number)
    }
}

extension IndexId {
    func write(to writer: inout ByteWriter) { writer.append(numbers: self.writer, number) }

    init(parsing reader: inout ByteReader) throws(DecodeError) {
        let (writer, number) = try reader.readNumbers("number of an index")
        self.init(writer: writer, number: number)
    }
}

extension SegmentId {
    func write(to writer: inout ByteWriter) { writer.append(numbers: self.writer, number) }

    init(parsing reader: inout ByteReader) throws(DecodeError) {
        let (writer, number) = try reader.readNumbers("number of a segment")
        self.init(writer: writer, number: number)
    }
}

/// The two numbers that name a file of a store.
extension ByteWriter {
    fileprivate mutating func append(numbers writer: UInt32, _ number: UInt32) {
        append(varint: UInt64(writer))
        append(varint: UInt64(number))
    }
}

extension ByteReader {
    fileprivate mutating func readNumbers(_ what: String) throws(DecodeError) -> (UInt32, UInt32) {
        let limit = Int(UInt32.max)
        return (UInt32(try readCount(upTo: limit, "number of a writer")), UInt32(try readCount(upTo: limit, what)))
    }
}

extension SegmentEntry {
    func write(to writer: inout ByteWriter) {
        id.write(to: &writer)
        writer.append(tier.rawValue)
        writer.append(zigzag: UInt64(bitPattern: Int64(window.index)))
        writer.append(varint: rowCount)
        writer.append(varint: byteCount)
        writer.append(varint: rawByteCount)
        writer.append(zigzag: UInt64(bitPattern: times.lowerBound))
        writer.append(zigzag: UInt64(bitPattern: times.upperBound))
        writer.append(zigzag: UInt64(bitPattern: storedAt.lowerBound))
        writer.append(zigzag: UInt64(bitPattern: storedAt.upperBound))
        writer.append(varint: sequences.lowerBound)
        writer.append(varint: sequences.upperBound)
        writer.append(littleEndian: rootChecksum)
    }

    init(parsing reader: inout ByteReader, kind: Kind) throws(DecodeError) {
        self.kind = kind
        id = try SegmentId(parsing: &reader)
        guard let tier = EncodingProfile.Tier(rawValue: try reader.readByte()) else {
            throw reader.corrupt("unknown tier")
        }
        self.tier = tier
        guard let index = Int32(exactly: Int64(bitPattern: try reader.readZigzag())) else {
            throw reader.corrupt("window out of range")
        }
        window = TimeWindow(index: index)
        rowCount = try reader.readCount(upTo: Limits.rowCountPerSegment, "number of rows")
        byteCount = try reader.readCount(upTo: .max, "length of a segment")
        rawByteCount = try reader.readCount(upTo: .max, "raw length of a segment")
        times = try Self.signedRange(&reader)
        storedAt = try Self.signedRange(&reader)
        let (first, last) = (try reader.readVarint(), try reader.readVarint())
        guard first <= last else { throw reader.corrupt("a range ends before it begins") }
        sequences = first...last
        rootChecksum = try reader.read(littleEndian: UInt64.self)
    }

    private static func signedRange(_ reader: inout ByteReader) throws(DecodeError) -> ClosedRange<Int64> {
        let first = Int64(bitPattern: try reader.readZigzag())
        let last = Int64(bitPattern: try reader.readZigzag())
        guard first <= last else { throw reader.corrupt("a range ends before it begins") }
        return first...last
    }
}

extension SourceEntry {
    func write(to writer: inout ByteWriter) {
        writer.append(varint: byteOffset)
        writer.append(littleEndian: content.low)
        writer.append(littleEndian: content.high)
        writer.append(littleEndian: head)
        writer.append(varint: headByteCount)
        writer.append(varint: lineCount)
        writer.append(varint: eventCount)
        writer.append(varint: rejectCount)
        writer.append(isComplete ? 1 : 0)
        writer.append(zigzag: UInt64(bitPattern: time))
        writer.append(varint: name.utf8.count)
        writer.append(contentsOf: name.utf8)
        writer.append(varint: resumption.count)
        writer.append(contentsOf: resumption)
    }

    init(parsing reader: inout ByteReader) throws(DecodeError) {
        byteOffset = try reader.readVarint()
        content = StreamChecksum.Value(
            low: try reader.read(littleEndian: UInt64.self), high: try reader.read(littleEndian: UInt64.self))
        head = try reader.read(littleEndian: UInt64.self)
        headByteCount = try reader.readCount(upTo: Self.headByteCount, "length of a head")
        lineCount = try reader.readVarint()
        eventCount = try reader.readVarint()
        rejectCount = try reader.readVarint()
        let flag = try reader.readByte()
        guard flag <= 1 else { throw reader.corrupt("a flag is \(flag)") }
        isComplete = flag == 1
        time = Int64(bitPattern: try reader.readZigzag())
        let nameByteCount = try reader.readCount(upTo: 1 << 16, "length of a name")
        name = String(decoding: try reader.readSlice(byteCount: nameByteCount), as: UTF8.self)
        resumption = Array(
            try reader.readSlice(byteCount: try reader.readCount(upTo: 1 << 24, "length of a format's state")))
    }
}
