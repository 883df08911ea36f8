/// How much a still moves by itself; 1 is what a person does who speaks calmly, 0 nothing.
package struct LifeSettings: Hashable, Sendable {
    /// Nothing but the mouth.
    package static let off = LifeSettings(blinks: 0, head: 0, breath: 0, brows: 0)
    package static let calm = LifeSettings(blinks: 1, head: 0.8, breath: 0.8, brows: 0.8)
    package static let lively = LifeSettings(blinks: 1, head: 1.4, breath: 1.2, brows: 1.4)

    /// How often, against 17 to 26 times a minute.
    package let blinks: Float
    /// The head's sway, turning and nodding.
    package let head: Float
    /// How far the head rises and sinks with the breath.
    package let breath: Float
    package let brows: Float

    /// The same with each part more or less.
    package func scaled(blinks: Float = 1, head: Float = 1, breath: Float = 1, brows: Float = 1) -> LifeSettings {
        LifeSettings(
            blinks: self.blinks * blinks, head: self.head * head, breath: self.breath * breath,
            brows: self.brows * brows)
    }

    var headMoves: Bool { head > 0 || breath > 0 }
}
