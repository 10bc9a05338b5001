import Columns
import Storage

/// The columns of an answer that tell of the fields of a view, one after another.
extension StateView {
    /// Service, host, entity and field.
    var nameColumns: [AnswerColumn] {
        let entities = table.entities
        let numbers = fields.map(\.entity)
        return [
            .texts(entities.services.texts, places: entities.servicePlaces(numbers)),
            .texts(entities.hosts.texts, places: entities.hostPlaces(numbers)),
            .texts(entities.keys, places: entities.keyPlaces(numbers)),
            .texts(StringVector(table.paths.map { $0.joined(separator: ".") }), places: fields.map(\.path)),
        ]
    }

    var valueColumn: AnswerColumn {
        .stored(StoredValues(columns: table.columns, places: fields.map(\.value), areTexts: false))
    }

    var timeColumn: AnswerColumn {
        let times = table.times
        return .times(fields.map { times[Int($0.row)] })
    }

    /// The ids of the events that made the changes.
    var eventColumn: AnswerColumn {
        let events = table.events
        return .stored(
            StoredValues(columns: table.columns, places: fields.map { events[Int($0.row)] }, areTexts: true))
    }
}
