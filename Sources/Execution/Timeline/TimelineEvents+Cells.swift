import Segments
import Storage

extension TimelineEvents {
    /// What rows show of events: the fields that are asked for, else those that tell most events from each other.
    var shownFields: [BoundField] {
        fields.isEmpty ? [.timestamp] + EventNodes.shownFields.map { BoundField($0) } : fields
    }

    public var columns: [String] { fields.isEmpty ? EventNodes.shownColumns : fields.map(\.name) }

    static func cells(
        _ found: FoundRows, of part: EventScan.Part, in scan: inout EventScan, _ fields: [BoundField]
    ) throws(StoreError) -> [OrderedRows<[AnswerTable.Cell]>.Row] {
        try scan.reading(part) { () throws(SegmentError) in
            let (times, sequences) = (try found.times(), try found.sequences())
            var columns: [[AnswerTable.Cell]] = []
            for field in fields {
                columns.append(field.canonical == .timestamp ? times.map { .time($0) } : try found.cells(of: field))
            }
            return times.indices.map { row in
                .init(time: times[row], sequence: sequences[row], content: columns.map { $0[row] })
            }
        }
    }
}

extension FoundRows {
    /// What a field has in each of the rows.
    fileprivate func cells(of field: BoundField) throws(SegmentError) -> [AnswerTable.Cell] {
        var cells = [AnswerTable.Cell](repeating: .none, count: count)
        try forEachRun(of: field) { run in
            guard let texts = run.chosen.shownTexts(run.type) else { return }
            for index in 0..<run.count {
                let text = texts.text(index)
                cells[run.place(index)] = run.type.isNumber ? .literal(text) : .text(text)
            }
        }
        return cells
    }
}
