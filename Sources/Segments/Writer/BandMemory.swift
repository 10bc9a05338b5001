/// What was found for columns in earlier bands, so that not every band is searched.
struct BandMemory<Finding> {
    private var findings: [Int: Finding] = [:]
    private var bandCount = 0
    private let searchInterval: Int

    init(searchInterval: Int = 8) { self.searchInterval = searchInterval }

    mutating func beginBand() { bandCount += 1 }

    /// What is known of a column; nil when it is to be searched for.
    subscript(ordinal: Int) -> Finding? {
        get { bandCount % searchInterval == 1 ? nil : findings[ordinal] }
        set { findings[ordinal] = newValue }
    }
}

/// What earlier bands of a segment told.
struct WriterMemory {
    /// The column whose values a column has, if any.
    var equalities = BandMemory<BandColumn.Origin>()
    /// The column of whose codes a column's are a function, if any.
    var derivations = BandMemory<BandColumn.Origin>()
    /// The templates of a column, nil inside where it is not taken apart.
    var templates = BandMemory<KnownTemplates?>()
    /// The column by whose codes a column's values are put together, if any.
    var groupings = BandMemory<BandColumn.Origin>(searchInterval: 4)
    /// The symbols of a column's texts, nil inside where they gain nothing.
    var symbols = BandMemory<ColumnSymbols?>()

    mutating func beginBand() {
        equalities.beginBand()
        derivations.beginBand()
        templates.beginBand()
        symbols.beginBand()
        groupings.beginBand()
    }
}

extension BandColumn {
    /// What a search found.
    enum Origin {
        case none
        case column(ordinal: Int)
    }
}
