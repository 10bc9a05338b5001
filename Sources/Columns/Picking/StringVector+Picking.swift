internal import Bytes

extension StringVector {
    /// Picked ones of strings that lie end to end.
    init(picking pick: Pick, ends: [UInt32], from raw: ArraySlice<UInt8>) throws(DecodeError) {
        self.init()
        guard ends.count == pick.count, raw.count == Int(ends.last ?? 0) else {
            throw .corrupt(at: 0, "strings have another length")
        }
        for place in pick.places {
            let start = place == 0 ? 0 : Int(ends[Int(place) - 1])
            append(raw[raw.startIndex + start..<raw.startIndex + Int(ends[Int(place)])])
        }
    }

    /// Strings out of two vectors, which have their places: each place is one of `places` or of `others`.
    init(joining strings: StringVector, at places: [Int], and rest: StringVector, at others: [Int]) {
        if others.isEmpty {
            self = strings
            return
        }
        if places.isEmpty {
            self = rest
            return
        }
        self.init()
        var (next, nextOther) = (0, 0)
        for place in 0..<places.count + others.count {
            if next < places.count, places[next] == place {
                append(strings[next])
                next += 1
            } else {
                append(rest[nextOther])
                nextOther += 1
            }
        }
    }
}
