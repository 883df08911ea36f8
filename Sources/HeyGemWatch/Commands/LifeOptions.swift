import ArgumentParser
import Render

/// What a still does besides speaking, by the names and limits that the settings have.
struct LifeOptions: ParsableArguments {
    @Option(help: "Blinks and head motion of stills: off, calm or lively.")
    var life = WorkerJob.Life.Level.calm

    @Option(help: "How often stills blink, against what --life has, 0 to 2.")
    var blinks = 1.0

    @Option(help: "How far heads move, likewise.")
    var headMotion = 1.0

    @Option(help: "How far they rise and sink with the breath, likewise.")
    var breathing = 1.0

    @Option(help: "How far brows go up with the voice, likewise.")
    var brows = 1.0

    func validate() throws {
        let factors = ["blinks": blinks, "head-motion": headMotion, "breathing": breathing, "brows": brows]
        for (name, factor) in factors.sorted(by: { $0.key < $1.key })
        where !WorkerJob.Life.factors.contains(factor) {
            throw ValidationError("--\(name) has to be from 0 to 2.")
        }
    }

    var chosen: WorkerJob.Life {
        var chosen = WorkerJob.Life(level: life)
        chosen.blinks = blinks
        chosen.headMotion = headMotion
        chosen.breathing = breathing
        chosen.brows = brows
        return chosen
    }
}

extension WorkerJob.Life.Level: ExpressibleByArgument {}
