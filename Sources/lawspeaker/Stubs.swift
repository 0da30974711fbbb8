import ArgumentParser
struct Submit: ParsableCommand { func run() throws {} }
struct Show: ParsableCommand { func run() throws {} }
struct Decisions: ParsableCommand { func run() throws {} }
struct History: ParsableCommand { func run() throws {} }
struct StatusCommand: ParsableCommand { func run() throws {} }
