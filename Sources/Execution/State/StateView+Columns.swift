import Columns
import Storage

/// The columns of an answer that tell of the fields of a view, one after another.
extension StateView {
    /// Service, host, entity and field.
    var nameColumns: [AnswerColumn] {
        var names = (service: TextPlaces(), host: TextPlaces(), key: TextPlaces())
        var paths = StringVector()
        for path in table.paths { paths.append(path.joined(separator: ".").utf8) }
        var pathPlaces: [Int32] = []
        pathPlaces.reserveCapacity(places.count)
        var last = -1
        for place in places {
            let field = field(place)
            // Fields of one entity follow one another.
            if field.entity == last {
                names.service.repeatLast()
                names.host.repeatLast()
                names.key.repeatLast()
            } else {
                last = field.entity
                let entity = table.entities[last]
                names.service.append(entity.service)
                names.host.append(entity.host)
                names.key.append(entity.key)
            }
            pathPlaces.append(Int32(truncatingIfNeeded: field.path))
        }
        return [names.service.column, names.host.column, names.key.column, .texts(paths, places: pathPlaces)]
    }

    /// The ids of the events that made the changes.
    var eventColumn: AnswerColumn {
        var indexes = table.batches.map { batch in batch.columns.map { _ in [UInt32]() } }
        for place in places {
            guard let event = field(place).event else { continue }
            indexes[Int(event.batch)][Int(event.column)].append(UInt32(truncatingIfNeeded: event.index))
        }
        var texts = StringVector()
        var next: [[Int32]] = indexes.map { $0.map { _ in -1 } }
        for (number, batch) in table.batches.enumerated() {
            for (place, column) in batch.columns.enumerated() where !indexes[number][place].isEmpty {
                let ids = column.values.gather(indexes[number][place])
                guard let shown = ids.texts(type: column.key.type) else { continue }
                next[number][place] = Int32(truncatingIfNeeded: texts.count)
                texts.append(shown)
            }
        }
        let textPlaces = places.map { place -> Int32 in
            guard let event = field(place).event else { return -1 }
            let text = next[Int(event.batch)][Int(event.column)]
            if text >= 0 { next[Int(event.batch)][Int(event.column)] = text + 1 }
            return text
        }
        return .texts(texts, places: textPlaces)
    }
}

/// Texts of which neighbours are mostly the same.
private struct TextPlaces {
    private var texts = StringVector()
    private var places: [Int32] = []
    private var last: [UInt8]?

    var column: AnswerColumn { .texts(texts, places: places) }

    mutating func append(_ text: [UInt8]?) {
        if let text, text != last {
            // Only neighbours are compared: what comes again later is kept again.
            texts.append(text)
            last = text
        }
        places.append(text == nil ? -1 : Int32(truncatingIfNeeded: texts.count - 1))
    }

    mutating func repeatLast() { places.append(places[places.count - 1]) }
}
