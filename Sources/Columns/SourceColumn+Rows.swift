public import Bytes

/// What a source that was decoded whole tells of its rows.
extension SourceColumn {
    public var presence: Bitmap? {
        valueIndexes.map { indexes in
            var presence = Bitmap(count: indexes.count)
            for (row, index) in indexes.enumerated() where index != .max { presence[row] = true }
            return presence
        }
    }

    public func rows(withCodes codes: [UInt64]) throws(DecodeError) -> Bitmap {
        let wanted = IntegerPredicate.set(codes).matches(try self.codes())
        guard let valueIndexes else { return wanted }
        var rows = Bitmap(count: valueIndexes.count)
        for (row, index) in valueIndexes.enumerated() where index != .max {
            guard index < wanted.count else { throw .corrupt(at: 0, "source has fewer values") }
            if wanted[Int(index)] { rows[row] = true }
        }
        return rows
    }
}
