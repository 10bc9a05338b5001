import Files
public import Storage

/// Takes files into a store while they are written, as `tail -F` does, and never an event twice.
///
///     let follow = StoreFollow(store, ["app.log"])
///     while !isToStop { try follow.poll(); store.clock.sleep(StoreFollow.pause) }
///     try follow.commit()
///
/// A file that is renamed or removed is read on until nothing came for a while, beside the new one under its name. One
/// that is cut or written anew begins again. A last line without a line feed waits for it, or for the end of the file.
public final class StoreFollow {
    public enum Step {
        case began(path: String, InputFormat, knownByteCount: Int)
        /// So many events and refused records more are stored; all before the offset is.
        case committed(path: String, eventCount: Int, rejectCount: Int, byteOffset: Int)
        /// Nothing has this path.
        case missing(path: String)
        /// The first lines are of no format that is known; more may tell.
        case obscure(path: String)
        /// Another file has taken the path, or nothing has it any more.
        case moved(path: String)
        /// It was cut, or written anew.
        case replaced(path: String)
    }

    public typealias Observer = (Step) -> Void
    /// Called now and then, to stop by throwing.
    public typealias Progress = () throws(IngestFailure) -> Void

    /// Nanoseconds between two looks at the files.
    public static let pause: Int64 = 200_000_000

    /// How long nothing must come into a file without its name before it is let go. A program that was told to open a
    /// new log may write into the old one until then.
    public static let quietTime: Int64 = 30_000_000_000

    private let store: Store
    private let options: StoreIngest.Options
    private let observer: Observer
    private var places: [Place]

    /// A path and the files that have or had it.
    private final class Place {
        let path: String
        /// The last has the path, as far as is known.
        var files: [FollowedFile] = []
        var isMissing = false
        var isMoved = false

        init(_ path: String) { self.path = path }
    }

    public init(
        _ store: Store, _ paths: [String], options: StoreIngest.Options = StoreIngest.Options(),
        observer: @escaping Observer = { _ in }
    ) {
        self.store = store
        self.options = options
        self.observer = observer
        places = paths.map { Place($0) }
    }

    /// Looks at all files once and takes what has come.
    public func poll(_ progress: Progress = {}) throws(IngestFailure) {
        for place in places {
            try findFile(place)
            for file in place.files where try !file.takeNews(progress) {
                observer(.replaced(path: place.path))
                place.files.removeAll { $0 === file }
            }
            try letGoOfQuiet(place)
        }
    }

    /// Commits what was taken in.
    public func commit() throws(IngestFailure) {
        for place in places {
            for file in place.files { try file.commit() }
        }
    }

    /// Looks for a file under the path when there is none, or the last has lost it.
    private func findFile(_ place: Place) throws(IngestFailure) {
        do throws(FileError) {
            if let file = place.files.last {
                if try file.file.isAtItsPath() {
                    place.isMoved = false
                    return
                }
                if !place.isMoved { observer(.moved(path: place.path)) }
                place.isMoved = true
            }
            let file = try store.fileSystem.watch(place.path)
            place.files.append(FollowedFile(store, options, file, observer: observer))
            place.isMoved = false
            place.isMissing = false
        } catch {
            guard error.kind == .notFound else { throw .input(.file(error)) }
            if !place.isMissing, place.files.isEmpty { observer(.missing(path: place.path)) }
            place.isMissing = true
        }
    }

    private func letGoOfQuiet(_ place: Place) throws(IngestFailure) {
        let now = store.clock.now
        for file in place.files where file !== place.files.last || place.isMoved {
            guard now < file.lastGrowth || now - file.lastGrowth >= Self.quietTime else { continue }
            try file.finish()
            place.files.removeAll { $0 === file }
        }
    }
}
