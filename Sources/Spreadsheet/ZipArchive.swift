private import CZip

/// A zip archive, open for reading: the one place where libzip is called. One thread at a time may use it.
@safe final class ZipArchive: @unchecked Sendable {
    fileprivate let library: czip_functions
    private let archive: OpaquePointer
    let limits: WorkbookLimits

    /// - Throws: ``WorkbookError`` where the file is no archive or holds too many files, or the library is missing.
    init(path: String, limits: WorkbookLimits) throws(WorkbookError) {
        let library = try Self.found.get()
        var code: Int32 = 0
        guard let archive = unsafe library.zip_open(path, Int32(ZIP_RDONLY), &code) else {
            throw .damaged(Self.words(forOpening: code, of: library))
        }
        self.library = library
        unsafe self.archive = archive
        self.limits = limits
        let count = unsafe Int(library.zip_get_num_entries(archive, 0))
        guard count <= limits.entries else {
            throw .tooLarge("the archive", "at most \(limits.entries) files", "\(count)", option: "entries")
        }
    }

    /// Loaded when the first workbook is opened; a run that opens none does without it.
    private static let found: Result<czip_functions, WorkbookError> = {
        var functions = czip_functions()
        guard let reason = unsafe czip_load(&functions) else { return .success(functions) }
        return .failure(.noLibrary("zip", package: "libzip-dev", reason: unsafe String(cString: reason)))
    }()

    deinit {
        unsafe library.zip_discard(archive)
    }

    /// Whether the archive holds a file of that name.
    func holds(_ name: String) -> Bool {
        unsafe library.zip_name_locate(archive, name, ZIP_FL_ENC_GUESS) >= 0
    }

    /// The names of all files, in the order in which they lie there.
    var names: [String] {
        let count = unsafe UInt64(max(0, library.zip_get_num_entries(archive, 0)))
        return (0..<count).compactMap { index in
            guard let name = unsafe library.zip_get_name(archive, index, ZIP_FL_ENC_GUESS) else { return nil }
            return unsafe String(cString: name)
        }
    }

    /// A file of the archive, unfolded as it is read.
    ///
    /// - Throws: ``WorkbookError`` where there is none, or it is encrypted.
    func open(_ name: String) throws(WorkbookError) -> ZipEntry {
        var status = unsafe zip_stat_t()
        guard unsafe library.zip_stat(archive, name, ZIP_FL_ENC_GUESS, &status) == 0 else {
            throw .damaged("no part \(name)")
        }
        if unsafe status.valid & UInt64(ZIP_STAT_ENCRYPTION_METHOD) != 0,
            unsafe status.encryption_method != ZIP_EM_NONE
        {
            throw .encrypted
        }
        guard let file = unsafe library.zip_fopen(archive, name, ZIP_FL_ENC_GUESS) else {
            throw .damaged("\(name): \(unsafe text(of: library.zip_strerror(archive)))")
        }
        return unsafe ZipEntry(
            file,
            in: self,
            name: name,
            packedBytes: Int(clamping: status.comp_size),
            limits: limits
        )
    }

    private static func words(forOpening code: Int32, of library: czip_functions) -> String {
        var error = unsafe zip_error_t()
        unsafe library.zip_error_init_with_code(&error, code)
        defer { unsafe library.zip_error_fini(&error) }
        return unsafe text(of: library.zip_error_strerror(&error))
    }
}

/// One file of an archive, read from its beginning to its end, with its limits held.
///
/// The sizes that the archive declares are not believed: what counts is what comes out.
@safe final class ZipEntry {
    private let file: OpaquePointer
    private let archive: ZipArchive
    let name: String
    private let packedBytes: Int
    private let limits: WorkbookLimits
    private var unfoldedBytes = 0

    fileprivate init(
        _ file: OpaquePointer,
        in archive: ZipArchive,
        name: String,
        packedBytes: Int,
        limits: WorkbookLimits
    ) {
        unsafe self.file = file
        self.archive = archive
        self.name = name
        self.packedBytes = packedBytes
        self.limits = limits
    }

    deinit {
        _ = unsafe archive.library.zip_fclose(file)
    }

    /// Fills as much of `buffer` as one read does; returns the number of bytes, 0 at the end.
    func read(into buffer: UnsafeMutableRawBufferPointer) throws(WorkbookError) -> Int {
        let count = unsafe Int(archive.library.zip_fread(file, buffer.baseAddress, UInt64(buffer.count)))
        guard count >= 0 else {
            throw .damaged("\(name): \(unsafe text(of: archive.library.zip_file_strerror(file)))")
        }
        unfoldedBytes += count
        guard unfoldedBytes <= limits.partBytes else {
            throw .tooLarge(name, "at most \(limits.partBytes) bytes", "more", option: "part_bytes")
        }
        let (allowed, overflows) = max(1, packedBytes).multipliedReportingOverflow(by: limits.expansion)
        guard overflows || unfoldedBytes <= max(WorkbookLimits.freeBytes, allowed) else {
            throw .tooLarge(
                name,
                "at most \(limits.expansion) times its packed size of \(packedBytes) bytes",
                "more",
                option: "expansion"
            )
        }
        return count
    }
}

private func text(of words: UnsafePointer<CChar>?) -> String {
    unsafe words.map { unsafe String(cString: $0) } ?? ""
}
