import TimeQL

/// What is asked of rows: questions with the same plan find the same numbers in the same rows, whatever their texts are.
struct MeasurePlan: Hashable, Sendable {
    var condition: BoundPredicate?
    var functions: [Aggregate.Function]
    var fields: [BoundField?]
    var groups: [BoundField]
    var bucketWidth: Int64?
}
