extension FacePoints {
    /// Whether these can be a face that is usable for speaking. Detectors take badges and patterns for faces; the
    /// bounds were found on such cases, in distances between the eyes.
    var isPlausible: Bool {
        let (left, right) = (points[36..<42].mean, points[42..<48].mean)
        let across = right - left
        let eyes = across.length
        // 35 degrees of roll, and fewer than 8 pixels between the eyes is no picture of a mouth
        guard eyes >= 8, abs(across.y) <= 0.7 * abs(across.x) else { return false }
        let right1 = across / eyes
        let down = SIMD2(-right1.y, right1.x)
        let middle = (left + right) / 2
        let mouth = (points[48] + points[54]) / 2 - middle
        let mouthWidth = (points[54] - points[48]).length / eyes
        let chin = (points[8] - middle).dot(down) / eyes
        return 0.7..<1.6 ~= mouth.dot(down) / eyes && 0.55..<1.35 ~= mouthWidth && 1.3..<2.6 ~= chin
            && abs(mouth.dot(right1)) / eyes < 0.35
    }
}
