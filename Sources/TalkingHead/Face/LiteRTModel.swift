import CLiteRT
import Words

/// A compiled model: floats in, floats out. For one thread at a time.
final class LiteRTModel {
    /// Width and height of the picture that it takes.
    let side: Int
    /// side x side x 3 values, row by row, RGB.
    let input: UnsafeMutableBufferPointer<Float>
    /// What the last run gave.
    let outputs: [UnsafeMutableBufferPointer<Float>]
    private let library: LiteRTLibrary
    /// Nil once closed.
    private var handle: OpaquePointer?

    /// - Parameter sizes: how many values each output has.
    /// - Throws: `engine` when the model isn't there or is another one.
    init(_ path: String, in library: LiteRTLibrary, side: Int, outputs sizes: [Int]) throws(Problem) {
        var status: Int32 = 0
        let counts = sizes.map { Int32($0) }
        guard
            let handle = hgw_litert_compile(
                library.handle, path, Int32(side), counts, Int32(counts.count), &status)
        else {
            throw .engine(
                Phrase(
                    "a model that finds faces can't be loaded (\(path), code \(status))",
                    zh: "无法加载人脸检测模型（\(path)，代码 \(status)）"), advice: .runSetup)
        }
        self.library = library
        self.handle = handle
        self.side = side
        input = .allocate(capacity: side * side * 3)
        outputs = sizes.map { .allocate(capacity: $0) }
        input.initialize(repeating: 0)
        for output in outputs { output.initialize(repeating: 0) }
    }

    deinit {
        close()
        input.deallocate()
        for output in outputs { output.deallocate() }
    }

    /// Gives the model's memory back; it is not to be run again.
    func close() {
        hgw_litert_free(handle)
        handle = nil
    }

    /// Computes the outputs from the input.
    func run() throws(Problem) {
        guard let input = input.baseAddress, let handle else { preconditionFailure("the model was closed") }
        let places = outputs.compactMap(\.baseAddress)
        let status = hgw_litert_run(handle, input, places)
        guard status == 0 else {
            throw .engine(
                Phrase("looking for the face failed (LiteRT's code \(status))", zh: "人脸检测失败（LiteRT 代码 \(status)）"))
        }
    }
}
