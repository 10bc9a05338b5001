/// Stretches of a file and what they are for; where two overlap, the bytes are those of the first.
struct ByteClaims {
    private struct Claim {
        var range: Range<Int>
        var kind: ByteParts.Kind
        var column: Int?
    }

    private var claims: [Claim] = []

    mutating func add(_ range: Range<Int>, _ kind: ByteParts.Kind, column: Int? = nil) {
        if !range.isEmpty { claims.append(Claim(range: range, kind: kind, column: column)) }
    }

    mutating func add(_ blob: BlobReference, _ kind: ByteParts.Kind, column: Int? = nil) {
        let offset = SegmentReader.clamped(blob.offset)
        add(offset..<offset + Int(blob.length), kind, column: column)
    }

    /// Gives every byte of the file to one claim, or to none.
    func settled(fileByteCount: Int, columnCount: Int) -> (file: ByteParts, columns: [ByteParts]) {
        var file = ByteParts()
        var columns = [ByteParts](repeating: ByteParts(), count: columnCount)
        let order = claims.indices.sorted {
            (claims[$0].range.lowerBound, $0) < (claims[$1].range.lowerBound, $1)
        }
        var end = 0
        for claim in order.map({ claims[$0] }) {
            file[.unaccounted] += max(0, claim.range.lowerBound - end)
            let byteCount = max(0, claim.range.upperBound - max(claim.range.lowerBound, end))
            file[claim.kind] += byteCount
            if let column = claim.column { columns[column][claim.kind] += byteCount }
            end = max(end, claim.range.upperBound)
        }
        file[.unaccounted] += fileByteCount - end
        return (file, columns)
    }
}
