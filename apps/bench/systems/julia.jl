# The seed document's experiment in Julia: one mutable struct a node, an untyped dictionary of all.
mutable struct Node
    key::Int64
    mutate_rate::Float64
    possible_values::Vector{Int64}
    bias::Float64
end

function mutate!(node::Node)
    if rand() < node.mutate_rate
        node.bias = rand(node.possible_values)
    end
    return node
end

function create(n::Int, mutate_rate::Float64, possible_values::Vector{Int64})
    nodes = Dict()
    for key in 1:n
        nodes[key] = mutate!(Node(key, mutate_rate, possible_values, 0.0))
    end
    return nodes
end

# The request is JSON, of which Julia's standard library has no reader: its numbers are picked by name.
number(name) = match(Regex("\"$name\":([0-9.]+)"), ARGS[1]).captures[1]

function main()
    counts = parse.(Int, split(match(r"\"counts\":\[([0-9,]*)\]", ARGS[1]).captures[1], ","))
    values = collect(Int64, 0:(parse(Int, number("values")) - 1))
    rate = parse(Float64, number("rate"))
    println("{\"versions\": {\"julia\": \"", VERSION, "\"}}")
    for n in counts, _ in 1:parse(Int, number("repetitions"))
        seconds = @elapsed create(n, rate, values)
        println("{\"n\": ", n, ", \"seconds\": ", seconds, "}")
        flush(stdout)
    end
end

main()
