import Columns

extension ParsedPage {
    /// How the page's values are encoded, in one line.
    func cascade(_ describer: NodeDescriber) -> String {
        let values =
            switch body {
            case .presence: ""
            case .integers(let node): node.description(describer)
            case .doubles(let node): node.description(describer)
            case .strings(let node): node.description(describer)
            case .timestamps(let node, let forms):
                node.description(describer) + ", forms: " + forms.description(describer)
            case .fixed(let node, _): node.description(describer)
            case .overflow(let page):
                "overflow (ordinals: \(page.ordinals.description(describer)), "
                    + "rows: \(page.rows.description(describer))) \(page.texts.description(describer))"
            }
        guard let rows else { return values }
        return "rows: \(rows.description(describer))" + (values.isEmpty ? "" : "; \(values)")
    }
}

/// How many pages of a column have which cascade.
struct CascadeCounts {
    private var texts = Tally()
    private var kinds = Tally()
    private var kindOfText: [String: String] = [:]

    /// Notes a page; `kind` is its cascade without figures, `text` with them.
    mutating func add(kind: String, text: String) {
        kinds.add(kind)
        texts.add(text)
        kindOfText[text] = kind
    }

    /// All cascades, the most common first, among equals the one that came first.
    var all: [ColumnReport.Cascade] { texts.ordered }

    /// The most common kind of cascade, shown by the most common of its cascades, and how many pages are of the kind.
    var mostCommon: ColumnReport.Cascade? {
        guard let kind = kinds.ordered.first, let cascade = all.first(where: { kindOfText[$0.text] == kind.text })
        else { return nil }
        return ColumnReport.Cascade(text: cascade.text, pageCount: kind.pageCount)
    }

    private struct Tally {
        /// In order of first appearance.
        private var cascades: [ColumnReport.Cascade] = []
        private var places: [String: Int] = [:]

        mutating func add(_ text: String) {
            if let place = places[text] {
                cascades[place].pageCount += 1
            } else {
                places[text] = cascades.count
                cascades.append(ColumnReport.Cascade(text: text, pageCount: 1))
            }
        }

        var ordered: [ColumnReport.Cascade] {
            cascades.enumerated().sorted { ($1.element.pageCount, $0.offset) < ($0.element.pageCount, $1.offset) }
                .map(\.element)
        }
    }
}

extension SegmentColumn {
    /// How the first page is encoded that has values in some zones, without figures; nil when none has.
    public func encoding(in zones: Range<Int>) throws(SegmentError) -> String? {
        let first = try pages().firstIndex { $0.kind == .data && $0.zones.overlaps(zones) }
        guard let first else { return nil }
        return try parsedPage(first).cascade(
            NodeDescriber(showsFigures: false, columnName: { "column \($0)" }, entryCount: { _ in nil }))
    }
}
