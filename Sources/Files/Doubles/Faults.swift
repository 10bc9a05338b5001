/// What goes wrong in a ``FaultyFileSystem``. Operations are counted from 0 over all its files.
public final class Faults: Sendable {
    private let operations = Monitor(0)
    private let failing: Range<Int>?
    private let errorNumber: Int32
    let largestTransfer: Int
    private let observer: @Sendable (FileError.Operation, String) -> Void

    /// - Parameters:
    ///   - failing: the operations that fail; nil: none. A range without a real end is a device that stays broken.
    ///   - errorNumber: what they fail with, EIO unless told.
    ///   - largestTransfer: the most bytes that one read or write moves.
    ///   - observer: told of each operation before it is tried.
    public init(
        failing: Range<Int>? = nil, errorNumber: Int32 = 5, largestTransfer: Int = .max,
        observer: @escaping @Sendable (FileError.Operation, String) -> Void = { _, _ in }
    ) {
        self.failing = failing
        self.errorNumber = errorNumber
        self.largestTransfer = largestTransfer
        self.observer = observer
    }

    /// How many operations there were, failed ones included.
    public var operationCount: Int { operations.change { $0 } }

    func check(_ operation: FileError.Operation, _ path: String) throws(FileError) {
        observer(operation, path)
        let number = operations.change { count in
            defer { count += 1 }
            return count
        }
        if let failing, failing.contains(number) { throw FileError(operation, path, errorNumber: errorNumber) }
    }

    /// A read that fails, or moves no more bytes than it may.
    func read(
        _ path: String, into output: inout OutputSpan<UInt8>,
        _ readSome: (inout OutputSpan<UInt8>) throws(FileError) -> Void
    ) throws(FileError) {
        try check(.read, path)
        let part = try [UInt8](capacity: min(output.freeCapacity, largestTransfer)) { (part) throws(FileError) in
            try readSome(&part)
        }
        for byte in part { output.append(byte) }
    }
}
