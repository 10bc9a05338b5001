import Bytes
import Columns

/// A test of a page's messages, which pass only with a text in them, which are made of templates: only those are put together of which their
/// templates cannot tell.
struct MessageTest {
    private let test: ColumnTest
    private let node: StringNode
    private let templates: StringNode.TemplateMatches

    /// Nil for other tests and pages.
    init?(_ test: ColumnTest, _ page: ParsedPage, _ memory: DictionaryAnswers, in scope: PageScope) throws(DecodeError)
    {
        // What is decoded for nothing is no burden for decoding the messages.
        guard case .strings(let node) = page.body, node.hasTemplates, let text = test.containedText,
            let search = memory.search(for: text),
            var templates = try node.templateMatches(search, in: scope.another())
        else { return nil }
        // What contains the text may still fail a test that asks for more.
        if case .texts = test { templates.doubtAll() }
        (self.test, self.node, self.templates) = (test, node, templates)
    }

    /// Whether it is told at little cost that none of the messages passes. Nothing is told of their rows.
    func provesNone(in scope: PageScope) throws(DecodeError) -> Bool {
        try node.provesNone(templates, in: scope.another())
    }

    /// Which of the page's messages pass. Nil when all are better put together.
    func matches(_ own: OwnPage, in scan: ZoneScan) throws(DecodeError) -> Bitmap? {
        // Their slots come from other columns, mostly, but codes that stand by themselves do without the rows.
        let areCodesDerived = if case .template(_, let codes, _) = node { codes.isDerived } else { true }
        let (certain, possible) = try node.messages(
            of: templates, count: own.page.valueCount, rows: areCodesDerived ? own.map : .unknown,
            in: own.scope.another())
        if possible.isEmpty { return certain }
        guard possible.setCount * 2 <= own.page.valueCount else { return nil }
        let picker = RowPicker(scan, own.rows.map { possible.spread(over: $0) } ?? possible)
        let values = try picker.run(of: own.scope.column, page: own.scope.pageIndex).values
        var found = test.matches(values).spread(over: possible)
        found.formUnion(certain)
        return found
    }
}
