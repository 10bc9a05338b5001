import Bytes
import Columns

extension StateMapping {
    /// Tells this mapping from others: the checksum of what Format/Store.md, 8.3 writes of it.
    public var checksum: UInt64 {
        var writer = ByteWriter()
        func append(_ bytes: some Collection<UInt8>) {
            writer.append(varint: bytes.count)
            writer.append(contentsOf: bytes)
        }
        writer.append(varint: objects.count)
        for object in objects { append(object.encoded) }
        writer.append(varint: rules.count)
        for rule in rules {
            append(rule.eventType.utf8)
            writer.append(rule.scope == .host ? 1 : 0)
            append(rule.entity?.encoded ?? [])
            writer.append(varint: rule.field.count)
            for key in rule.field {
                switch key {
                case .literal(let text):
                    writer.append(0)
                    append(text.utf8)
                case .value(let path):
                    writer.append(1)
                    append(path.encoded)
                }
            }
            append(rule.value.encoded)
        }
        return Bytes.checksum(writer.bytes)
    }
}
