import Bytes
import Columns

@testable import Storage

extension Driver {
    /// The records of a manifest out of any bytes, under a right header and checksum.
    static let manifests = Driver(
        name: "manifests", summary: "manifests of any bytes; what is read says the same when it is written again"
    ) { input in
        let number = input.word()
        let isWhole = input.byte() % 2 == 0
        let empty = Manifest(number: max(1, number), isWhole: isWhole, time: 0, records: [])
        var writer = ByteWriter()
        writer.append(contentsOf: empty.encoded().prefix(Manifest.headerByteCount))
        if input.byte() % 2 == 0 {
            StoredBuffer(raw: Array(input.rest)).write(to: &writer)
        } else {
            writer.append(contentsOf: input.rest)
        }
        writer.append(littleEndian: checksum(writer.bytes))
        let manifest = try Manifest(parsing: writer.bytes, number: empty.number)
        do {
            let again = try Manifest(parsing: manifest.encoded(), number: empty.number)
            require(again == manifest, "a manifest says something else when it is written again")
        } catch {
            fatalError("a manifest that was written is refused: \(error)")
        }
    }
}
