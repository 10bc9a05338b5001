/// What of a snapshot a scan leaves out, and by what it is proven that nothing there is wanted.
struct PruningReport {
    /// Segments, by all of them and by those that have no time in common with the question.
    var sourceCount = 0
    var sourceCountByTime = 0
    /// Segments all of whose events were stored too late to be known.
    var sourceCountByKnowledge = 0
    /// Zones of the other segments and of logs.
    var zoneCount = 0
    var zoneCountByTime = 0
    var zoneCountById = 0
    var zoneCountByStatistics = 0
    /// Zones with events that no match of a pattern can reach, by its limits of time.
    var zoneCountByPattern = 0

    var leftZoneCount: Int { zoneCount - zoneCountByTime - zoneCountById - zoneCountByStatistics - zoneCountByPattern }
}
