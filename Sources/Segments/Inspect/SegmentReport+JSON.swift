extension SegmentReport {
    /// The report for programs: Docs/Inspect.md names the keys.
    ///
    /// - Parameter ordinals: only these columns are listed.
    public func json(columns ordinals: Set<Int>? = nil) -> String {
        var writer = JSONWriter()
        writer.object { writer in
            head.write(to: &writer)
            writer.member("rawBytes", rawByteCount)
            writer.member("encodedBytes", encodedByteCount)
            writer.member("bytesPerRow", number: Self.rate(head.fileByteCount, head.rowCount))
            writer.object("bytes") { writer in parts.write(ByteParts.Kind.allCases, to: &writer) }
            writer.object("floor") { writer in
                writer.member("bytes", floorByteCount)
                writer.member("bytesPerRow", number: Self.rate(floorByteCount, head.rowCount))
                writer.member("fileToFloor", number: Self.rate(head.fileByteCount, floorByteCount))
            }
            writer.array("columns") { writer in
                for column in columns(with: ordinals) { column.write(to: &writer, of: head) }
            }
        }
        return writer.text
    }

    /// A quotient with three decimals; nil when there is none.
    static func rate(_ number: Int, _ divisor: Int) -> String? {
        divisor > 0 ? FigureText.quotient(number, divisor, decimals: 3) : nil
    }
}

extension SegmentHead {
    fileprivate func write(to writer: inout JSONWriter) {
        func range(_ name: String, _ range: (first: String, last: String)?) {
            guard let range else { return writer.member(name, number: nil) }
            writer.object(name) { writer in
                writer.member("min", number: range.first)
                writer.member("max", number: range.last)
            }
        }
        writer.member("segment", name)
        writer.member("fileBytes", fileByteCount)
        writer.member("rows", rowCount)
        writer.member("zones", zoneCount)
        writer.member("columnCount", columnCount)
        writer.member("tier", "\(tier)")
        writer.member("readVersion", readVersion)
        writer.member("writeVersion", writeVersion)
        writer.member("incompatibleFeatures", incompatibleFeatures)
        writer.member("compatibleFeatures", compatibleFeatures)
        writer.member("writer", self.writer)
        range("timestamps", timestamps.map { ("\($0.lowerBound)", "\($0.upperBound)") })
        range("storedAt", storedAt.map { ("\($0.lowerBound)", "\($0.upperBound)") })
        range("sequences", sequences.map { ("\($0.lowerBound)", "\($0.upperBound)") })
    }
}

extension ByteParts {
    fileprivate func write(_ kinds: [Kind], to writer: inout JSONWriter) {
        for kind in kinds { writer.member("\(kind)", self[kind]) }
    }
}

extension ColumnReport {
    fileprivate func write(to writer: inout JSONWriter, of head: SegmentHead) {
        writer.object { writer in
            writer.member("path", path)
            writer.member("type", "\(type)")
            writer.member("ordinal", ordinal)
            writer.member("values", valueCount)
            writer.member("dataPages", dataPageCount)
            writer.member("hasOverflow", hasOverflow)
            writer.member("rawBytes", rawByteCount)
            writer.member("encodedBytes", encodedByteCount)
            writer.member("storedBytes", storedByteCount)
            writer.member("totalBytes", totalByteCount)
            writer.member("bytesPerRow", number: SegmentReport.rate(totalByteCount, head.rowCount))
            writer.member("bytesPerValue", number: SegmentReport.rate(totalByteCount, valueCount))
            writer.object("bytes") { writer in parts.write(Self.partKinds, to: &writer) }
            writer.member("floorBytes", floor.byteCount)
            writer.member("floorIds", floor.idCount)
            writer.array("cascades") { writer in
                for cascade in cascades {
                    writer.object { writer in
                        writer.member("text", cascade.text)
                        writer.member("pages", cascade.pageCount)
                    }
                }
            }
        }
    }

    /// What a column can have bytes for.
    private static let partKinds: [ByteParts.Kind] = [
        .pages, .dictionaries, .templates, .symbolTables, .zstdDictionaries, .shapeTables, .mapTables, .pageTables,
        .statistics, .directoryEntries,
    ]
}
