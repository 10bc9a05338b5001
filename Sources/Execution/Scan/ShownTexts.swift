import Columns
import Segments

/// What shows the values of a field in some rows: the place of each row's text among these, −1 where it has no value.
struct ShownTexts: Sendable {
    var texts = StringVector()
    var places: [Int32]
}

extension FoundRows {
    func shown(of field: BoundField) throws(SegmentError) -> ShownTexts {
        var shown = ShownTexts(places: [Int32](repeating: -1, count: count))
        try forEachRun(of: field) { run in
            if case .codedStrings(let dictionary, let codes) = run.values, dictionary.count <= codes.count {
                var known = [Int32](repeating: -1, count: dictionary.count)
                run.forEachValue { value, row in
                    let code = Int(codes[value])
                    if known[code] < 0 {
                        known[code] = Int32(shown.texts.count)
                        shown.texts.append(dictionary, code)
                    }
                    shown.places[row] = known[code]
                }
                return
            }
            guard let texts = run.chosen.shownTexts(run.type) else { return }
            for index in 0..<run.count {
                shown.places[run.place(index)] = Int32(shown.texts.count)
                shown.texts.append(texts, index)
            }
        }
        return shown
    }
}
