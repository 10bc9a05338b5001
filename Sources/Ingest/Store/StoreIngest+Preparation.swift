import Files
import Storage

/// What is found out, and made, before an ingest begins.
extension StoreIngest {
    static func masker(_ store: Store, _ options: Options) throws(IngestFailure) -> LineMasker? {
        guard !options.mask.isEmpty else { return nil }
        do throws(StoreError) {
            let key = options.mask.needsKey ? try MaskingKey.readOrMake(store.paths, in: store.fileSystem) : nil
            return try LineMasker(options.mask, key, options.mapping)
        } catch {
            throw .store(error)
        }
    }

    static func relate(
        _ sources: [SourceEntry], _ options: Options, _ isRepeatable: Bool,
        _ open: () throws(FileError) -> any ByteStream
    ) throws(IngestFailure) -> SourceEntry.Relation {
        guard !sources.isEmpty, isRepeatable else { return SourceEntry.Relation() }
        do throws(FileError) {
            var relation = try SourceEntry.relate(Compression.undone(try open()), to: sources)
            if options.isAgain, let known = relation.known {
                relation.unrelated.append(known)
                relation.known = nil
            }
            return relation
        } catch {
            throw .input(.file(error))
        }
    }
}
