import Bytes
import Columns

/// Looks for a value in arrays, which columns hold as compact JSON.
struct ArraySearch {
    /// The keys that lead from the array to the value, escaped and joined by dots; arrays on the way are passed through.
    private let path: [UInt8]
    /// The value as JSON may write it.
    private let literals: [[UInt8]]

    init(_ value: SoughtValue, path: [UInt8]) {
        self.path = Self.escaped(path)
        literals = [JSONText.quoted(value.text), value.text]
    }

    private static func escaped(_ text: [UInt8]) -> [UInt8] { Array(JSONText.quoted(text).dropFirst().dropLast()) }

    /// Which arrays of a column hold the value; empty: none.
    func finds(in column: RowBatch.Column) -> [Bool] {
        switch column.values {
        case .strings(let arrays): SoughtValue.marks(finds(in: arrays))
        case .codedStrings(let dictionary, let codes): SoughtValue.marks(codes, finds(in: dictionary))
        default: []
        }
    }

    private func finds(in arrays: StringVector) -> Bitmap {
        var found = Bitmap(count: arrays.count)
        // The bare text stands in the quoted one, too.
        let candidates = arrays.matches(.contains(Self.escaped(literals[1])))
        for index in 0..<arrays.count where candidates[index] { found[index] = finds(in: arrays[index]) }
        return found
    }

    /// Walks through one array, keeping in mind the keys that lead to each value.
    func finds(in array: ArraySlice<UInt8>) -> Bool {
        var current: [UInt8] = []
        /// Of each object and array that is open, how long the path to it is; −1 − that for arrays.
        var open: [Int] = []
        var place = array.startIndex
        var mayBeKey = false
        while place < array.endIndex {
            let byte = array[place]
            switch byte {
            case Byte.openBrace, Byte.openBracket:
                open.append(byte == Byte.openBrace ? current.count : -1 - current.count)
                mayBeKey = byte == Byte.openBrace
                place += 1
            case Byte.closeBrace, Byte.closeBracket:
                if let length = open.popLast() {
                    current.removeLast(current.count - (length < 0 ? -1 - length : length))
                }
                place += 1
            case Byte.comma:
                if let length = open.last {
                    mayBeKey = length >= 0
                    if length >= 0 { current.removeLast(current.count - length) }
                }
                place += 1
            case Byte.colon:
                place += 1
            default:
                let end = Self.endOfScalar(array, place)
                if mayBeKey {
                    if !current.isEmpty { current.append(UInt8(ascii: ".")) }
                    current += array[place..<end].dropFirst().dropLast()
                    mayBeKey = false
                } else if current == path, literals.contains(where: { $0.elementsEqual(array[place..<end]) }) {
                    return true
                }
                place = end
            }
        }
        return false
    }

    /// The place behind a string or another scalar.
    private static func endOfScalar(_ array: ArraySlice<UInt8>, _ start: Int) -> Int {
        var place = start
        guard array[start] == Byte.quote else {
            while place < array.endIndex, ![Byte.comma, Byte.closeBrace, Byte.closeBracket].contains(array[place]) {
                place += 1
            }
            return place
        }
        place += 1
        while place < array.endIndex, array[place] != Byte.quote { place += array[place] == Byte.backslash ? 2 : 1 }
        return min(place + 1, array.endIndex)
    }
}
