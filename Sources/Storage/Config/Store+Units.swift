import Bytes
public import Columns
import Files

/// What the numbers of fields were found to count when a query first asked. It is the same ever after, whatever comes
/// in later, until the settings say it.
extension Store {
    public func recordedUnit(of path: ColumnPath) throws(StoreError) -> FieldUnit? {
        let file = unitFile(of: path)
        let bytes: [UInt8]
        do throws(FileError) {
            bytes = try fileSystem.readAll(file)
        } catch {
            if error.kind == .notFound { return nil }
            throw .file(error)
        }
        let name = String(decoding: bytes.prefix { $0 != Byte.space }, as: UTF8.self)
        guard let unit = FieldUnit(name), bytes == Self.unitLine(unit, path) else {
            throw .damaged(path: file, .corrupt(at: 0, "this is no unit of \(path)"))
        }
        return unit
    }

    /// Records a unit, unless another process has been first. The one that counts.
    public func record(_ unit: FieldUnit, of path: ColumnPath) throws(StoreError) -> FieldUnit {
        let isFirst = try files { () throws(FileError) in
            try fileSystem.createDirectories(paths.units)
            let file = try PendingFile(unitFile(of: path), in: fileSystem)
            try file.append(Self.unitLine(unit, path))
            return try file.publishIfAbsent()
        }
        return isFirst ? unit : try recordedUnit(of: path) ?? unit
    }

    private func unitFile(of path: ColumnPath) -> String {
        let digits = String(path.hash, radix: 16)
        return "\(paths.units)/\(String(repeating: "0", count: 16 - digits.utf8.count))\(digits)"
    }

    private static func unitLine(_ unit: FieldUnit, _ path: ColumnPath) -> [UInt8] {
        Array("\(unit.name) \(path)\n".utf8)
    }
}
