/// Filters on encoded columns beside decoding and comparing.
enum FilterBench {
    static func run() {}
}
