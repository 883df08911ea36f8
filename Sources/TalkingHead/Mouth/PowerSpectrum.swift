import Glibc

/// The power spectrum of 512 samples under a Hann window: 257 values from 0 Hz to half the sample rate.
///
/// A radix-2 transform with its tables and buffers made once; nothing is allocated per window.
package struct PowerSpectrum {
    package static let size = 512
    package static let binCount = size / 2 + 1

    private let window: [Float]
    private let scale: Float
    private let cosines: [Float]
    private let sines: [Float]
    private let reversed: [Int]
    private var real: [Float]
    private var imaginary: [Float]

    package init() {
        let size = Self.size
        let turn = 2 * Float.pi / Float(size)
        let window = (0..<size).map { 0.5 - 0.5 * cosf(turn * Float($0)) }
        self.window = window
        scale = 2 / window.reduce(0) { $0 + $1 * $1 }
        cosines = (0..<size / 2).map { cosf(turn * Float($0)) }
        sines = (0..<size / 2).map { -sinf(turn * Float($0)) }
        let unusedBits = Int.bitWidth - size.trailingZeroBitCount
        reversed = (0..<size).map { Int(bitPattern: UInt(bitPattern: $0).bitSwapped >> UInt(unusedBits)) }
        real = Array(repeating: 0, count: size)
        imaginary = real
    }

    /// The power of each bin of `samples[start..<start + 512]`; samples that are no numbers count as silence.
    package mutating func power(of samples: [Float], at start: Int, into power: inout [Float]) {
        for index in 0..<Self.size {
            let sample = samples[start + index]
            real[reversed[index]] = sample.isFinite ? sample * window[index] : 0
            imaginary[index] = 0
        }
        transform()
        for bin in 0..<Self.binCount {
            power[bin] = (real[bin] * real[bin] + imaginary[bin] * imaginary[bin]) * scale
        }
    }

    private mutating func transform() {
        var half = 1
        while half < Self.size {
            let step = Self.size / (2 * half)
            for start in stride(from: 0, to: Self.size, by: 2 * half) {
                for offset in 0..<half {
                    let (low, high) = (start + offset, start + offset + half)
                    let (c, s) = (cosines[offset * step], sines[offset * step])
                    let re = real[high] * c - imaginary[high] * s
                    let im = real[high] * s + imaginary[high] * c
                    real[high] = real[low] - re
                    imaginary[high] = imaginary[low] - im
                    real[low] += re
                    imaginary[low] += im
                }
            }
            half *= 2
        }
    }
}

extension UInt {
    /// The bits in the opposite order.
    fileprivate var bitSwapped: UInt {
        var (rest, result) = (self, UInt(0))
        for _ in 0..<UInt.bitWidth {
            result = result << 1 | rest & 1
            rest >>= 1
        }
        return result
    }
}
