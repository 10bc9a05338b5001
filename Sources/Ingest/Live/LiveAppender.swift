import Columns
import Files
public import Storage
import Times

/// Appends events to a store, one batch at a time, from any number of threads.
///
///     let appender = try LiveAppender(store)
///     let acknowledgement = try appender.append(lines)
///     try appender.close()
///
/// Events are durable once `append` returns, and readers of the store see them at once. They stand in a log until they
/// are *sealed*: put into segments. Batches that come while the log is being synced share the next sync.
///
/// After a write or a sync of the log has failed, what is on disk is unknown, and every further append fails with
/// ``StoreError/readOnly(_:)``. What was acknowledged stays; whoever opens the store next takes it from the log.
public final class LiveAppender: Sendable {
    /// Lines that one call may append.
    public static let batchByteLimit = 32 << 20

    let store: Store
    let options: LiveOptions
    let storeId: UInt64
    let queue: Monitor<LiveQueue>
    /// Checks that no thread uses just now.
    private let idleChecks = Monitor<[EventCheck]>([])
    private let makeRow: @Sendable () -> CanonicalRow
    private let mapping: FieldMapping
    private let maskingKey: MaskingKey?
    let sealer: Monitor<WorkerThread?>
    let keeper: Monitor<WorkerThread?>
    /// How often something was sealed, and whether nothing will be any more.
    let sealed = Monitor((count: 0, isOver: false))
    /// What was found of writers that died, and sealed.
    public let recovery: LogRecovery.Result

    /// Seals what others have left, and gets ready. The appender works until it is closed.
    public init(_ store: Store, options: LiveOptions = LiveOptions()) throws(StoreError) {
        var mapping = FieldMapping.automatic
        if let mistake = mapping.take(options.mapping) { throw .invalid("mapping of fields: \(mistake)") }
        guard options.mapping.utf8.count <= LogHeader.mappingByteLimit else {
            throw .invalid("the mapping of fields is too long")
        }
        recovery = try LogRecovery.run(store)
        self.store = store
        self.options = options
        storeId = try store.snapshot().state.storeId
        queue = Monitor(LiveQueue(try StoreWriter(store)))
        let time = EventTime(reference: store.clock.now)
        self.mapping = mapping
        maskingKey = options.mask.needsKey ? try MaskingKey.readOrMake(store.paths, in: store.fileSystem) : nil
        makeRow = { [mapping] in CanonicalRow(mapping) { time.read($0) } }
        sealer = Monitor(nil)
        keeper = Monitor(nil)
        // What cannot be masked is told before the first event comes.
        let check = try makeCheck()
        idleChecks.change { $0.append(check) }
        if options.sealsInBackground {
            let thread = WorkerThread(isPatient: true) { [self] in sealInBackground() }
            guard let thread else { throw .invalid("the system has no thread to give") }
            sealer.change { $0 = thread }
            if let mapping = options.keyframes {
                // Without it state is found, too, only slower.
                let thread = WorkerThread(isPatient: true) { [self] in keepKeyframes(mapping) }
                keeper.change { $0 = thread }
            }
        }
    }

    /// Appends JSON lines, each of which is an event or empty, and waits until they are durable. Lines that are no
    /// events are left out, and told.
    public func append(_ lines: [UInt8]) throws(StoreError) -> Acknowledgement {
        guard lines.count <= Self.batchByteLimit else {
            throw .invalid("\(lines.count) bytes in one append, at most \(Self.batchByteLimit) are allowed")
        }
        if let refusal = queue.wait(until: { .some($0.refusal) }) { throw refusal }
        let checked = try check(lines)
        var acknowledgement = Acknowledgement(
            eventCount: checked.eventCount, firstSequence: nil, storedAt: store.clock.now,
            maskedCounts: checked.maskedCounts, rejected: checked.rejected)
        guard checked.eventCount > 0 else { return acknowledgement }
        let buffer = StoredBuffer.storing(checked.accepted, profile: .tier(.hot))
        switch wait(for: buffer, checked.eventCount) {
        case .durable(let firstSequence, let storedAt):
            acknowledgement.firstSequence = firstSequence
            acknowledgement.storedAt = storedAt
            return acknowledgement
        case .failed(let error): throw error
        }
    }

    private func check(_ lines: [UInt8]) throws(StoreError) -> EventCheck.Result {
        let check = if let idle = idleChecks.change({ $0.popLast() }) { idle } else { try makeCheck() }
        defer { idleChecks.change { $0.append(check) } }
        return check.check(lines)
    }

    private func makeCheck() throws(StoreError) -> EventCheck {
        let masker = options.mask.isEmpty ? nil : try LineMasker(options.mask, maskingKey, mapping)
        guard let check = EventCheck(mapping, masker: masker, makeRow: makeRow) else {
            throw .invalid("there is no memory left")
        }
        return check
    }

    // MARK: Writing

    /// Queues a batch, and writes what is queued whenever nobody else does, until this batch is durable.
    private func wait(for lines: StoredBuffer, _ eventCount: Int) -> LiveQueue.Outcome {
        let ticket = LiveQueue.Ticket(lines, eventCount: eventCount)
        let refusal: StoreError? = queue.change { queue in
            if let failure = queue.refusal { return failure }
            queue.tickets.append(ticket)
            return nil
        }
        if let refusal { return .failed(refusal) }
        while true {
            let outcome: LiveQueue.Outcome?? = queue.wait { queue in
                if let outcome = ticket.outcome { return .some(outcome) }
                guard !queue.isWriting, !self.mustWait(queue) else { return nil }
                queue.isWriting = true
                return .some(nil)
            }
            if case .some(.some(let outcome)) = outcome { return outcome }
            writeGroup()
        }
    }

    /// Too much waits to be sealed.
    private func mustWait(_ queue: LiveQueue) -> Bool {
        options.sealsInBackground && !queue.isClosed && queue.full.count >= LiveQueue.fullLogLimit
    }

    /// Makes a group of batches durable. Only one thread at a time does so.
    private func writeGroup() {
        let group = queue.change { $0.takeGroup() }
        let (open, number, sequence) = queue.wait { .some(($0.log, $0.nextLogNumber, $0.nextSequence)) }
        let now = store.clock.now
        let eventCount = group.reduce(0) { $0 + $1.eventCount }
        do throws(StoreError) {
            var log: LiveQueue.OpenLog
            if let open { log = open } else { log = try begin(number, at: now) }
            try log.writer.append(
                LogFrame(
                    storedAt: now, firstSequence: sequence, eventCount: eventCount, batches: group.map(\.lines)))
            log.eventCount += eventCount
            queue.change { queue in
                var next = sequence
                for ticket in group {
                    ticket.outcome = .durable(firstSequence: next, storedAt: now)
                    next += UInt64(ticket.eventCount)
                }
                queue.nextSequence = next
                queue.nextLogNumber = log.writer.id.number + 1
                queue.log = log
                if isFull(log) { queue.endLog() }
                queue.isWriting = false
            }
        } catch {
            let failure = readOnly(error)
            queue.change { queue in
                for ticket in group { ticket.outcome = .failed(failure) }
                queue.fail(failure)
                queue.isWriting = false
            }
        }
    }

    private func begin(_ number: UInt32, at now: Int64) throws(StoreError) -> LiveQueue.OpenLog {
        guard let writer = queue.wait(until: { .some($0.writer?.number) }) else {
            throw .invalid("the appender is closed")
        }
        let header = LogHeader(
            id: LogId(writer: writer, number: number), storeId: storeId, time: now, mapping: options.mapping)
        return LiveQueue.OpenLog(writer: try LogWriter(header, in: store), time: now)
    }

    private func isFull(_ log: LiveQueue.OpenLog) -> Bool {
        log.eventCount >= options.eventCountPerLog || log.writer.byteCount >= options.byteCountPerLog
    }

    func readOnly(_ error: StoreError) -> StoreError {
        if case .readOnly = error { return error }
        let form = TimestampForm.utc(fractionDigits: 3)
        var time: [UInt8] = []
        _ = TimestampText.append(store.clock.now / 1_000_000 * 1_000_000, form: form.rawValue, to: &time)
        return .readOnly(
            "the store is read-only since \(String(decoding: time, as: UTF8.self)): \(error); what was acknowledged is "
                + "safe: restart to recover it")
    }
}
