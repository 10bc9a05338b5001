import Bytes
import Files
import Segments
import Storage

/// What makes events and refused records part of the store.
extension StoreIngest {
    func reject(_ error: IngestError) throws(IngestFailure) {
        guard case .line(let line) = error, line.reason != .outOfMemory, !options.isStrict else { throw .input(error) }
        startOfUnfinished = documents.startOfUnfinished
        // It was told when the input was taken in whole.
        if startOfUnfinished != nil, known?.isComplete == true { return }
        summary.rejectCount += 1
        do throws(StoreError) {
            let target = try openTarget()
            do throws(FileError) {
                try target.rejects.add(line, record: documents.takeFailedRecord())
            } catch {
                throw .file(error)
            }
        } catch {
            throw .store(error)
        }
    }

    func hasNews(_ position: InputPosition) -> Bool {
        (position.byteOffset, position.passedCount) != (committed.byteOffset, committed.passedCount)
    }

    func commit(isComplete: Bool) throws(IngestFailure) {
        let position = startOfUnfinished ?? documents.position
        lastCommit = store.clock.now
        summary.inputByteCount = position.byteOffset - summary.knownByteCount
        for (kind, count) in masker?.takeCounts() ?? [:] { summary.maskedCounts[kind, default: 0] += count }
        if summary.rejectCount > 0 { summary.rejectsPath = target?.rejects.path }
        do throws(StoreError) {
            do throws(FileError) { try target?.rejects.sync() } catch { throw .file(error) }
            // An input without a byte would be every input's beginning.
            guard position.byteOffset > 0, hasNews(position) || known?.isComplete != isComplete,
                target != nil || known != nil
            else { return }
            try commit(position, isComplete)
        } catch {
            throw .store(error)
        }
        onCommit(summary)
    }

    private func commit(_ position: InputPosition, _ isComplete: Bool) throws(StoreError) {
        let content = stream.content(through: position.byteOffset)
        let head = Array(stream.head.prefix(position.byteOffset))
        let target = try openTarget()
        try target.rows.finishAll()
        let entry = SourceEntry(
            byteOffset: UInt64(position.byteOffset), content: content, head: checksum(head),
            headByteCount: head.count, lineCount: UInt64(position.lineNumber - 1),
            eventCount: (relation.known?.eventCount ?? 0) + UInt64(summary.eventCount),
            rejectCount: (relation.known?.rejectCount ?? 0) + UInt64(summary.rejectCount),
            isComplete: isComplete, time: lastCommit, name: String(stream.path.suffix(4096)),
            resumption: position.encoded)
        let segments = target.rows.takeFinished()
        try target.writer.commit(
            adding: segments,
            progress: SourceProgress(
                entry: entry, continuing: known, head: stream.head, unrelated: relation.unrelated))
        known = entry
        committed = position
        uncommittedCount = 0
        summary.segmentCount += segments.count
        summary.segmentByteCount += segments.reduce(0) { $0 + $1.byteCount }
    }
}
