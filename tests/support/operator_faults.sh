#!/bin/sh
# operator_faults.sh [NUMBER ...]: puts one fault at a time into the operators of evolution, in a copy of the sources, and
# expects that a test of evolution_tests fails. By hand: all 30 take about ten minutes. Exit code 1 if a fault is not noticed.
#
# The golden digests are in other programs, as they notice any change. A fault is a file below evolution/ and an edit of sed.
set -eu
cd "$(dirname "$0")/../.."

faults() {
    cat <<'END'
breed/mutations/add_connection.cpp s#if (context.graph.has_edge(source, target)) return false;##
breed/mutations/add_connection.cpp s#return !from_output \&\& !context.graph.reaches(target, source)#return !from_output#
breed/mutations/add_connection.cpp s#return !from_output \&\& !context#return !context#
breed/mutations/add_connection.cpp s#size.connections >= static_cast#size.connections > static_cast#
breed/mutations/split_connection.cpp s#draft.hidden_count() < static_cast#draft.hidden_count() <= static_cast#
breed/mutations/split_connection.cpp s#connection.enabled != 0 \&\& skip-- == 0#skip-- == 0#
breed/mutations/split_connection.cpp s#node, 1.0F)#node, 0.5F)#
breed/mutations/split_connection.cpp s#draft.connect_like(node, old.target, old)#draft.connect(node, old.target, 1.0F)#
breed/structure_draft.cpp s#connection.enabled = 0;##
breed/structure_draft.cpp s#return !(entered \&\& left)#return !entered#
breed/structure_draft.cpp s#if (connection.source == connection.target) continue;##
breed/structural_mutation.cpp s#at -= probability_\[kind\];##
breed/crossover.cpp s#return average_each(a, b, child, count);#return average_each(a, a, child, count);#
breed/crossover.cpp s#random.bernoulli(disable) ? 0 : 1#random.bernoulli(disable) ? 1 : 0#
breed/crossover.cpp s#a\[k\] \& b\[k\]#a[k] | b[k]#
breed/crossover.cpp s#first\[i\] < second\[j\]#first[i] > second[j]#
breed/crossover.cpp s#plan.has(Operator::average) \&\& has_means(input.genome)#plan.has(Operator::average)#
breed/reproduction_plan.cpp s#second > first :#second < first :#
breed/reproduction_plan.cpp s#key(plan.secondary) < key(plan.primary)#false#
breed/reproduction_plan.cpp s#count = std::max(count, 1U)#count = count#
breed/reproduction_plan.cpp s#members.size() >= static_cast<std::size_t>(selection.elitism_min#members.size() > static_cast<std::size_t>(selection.elitism_min#
breed/reproduction_plan.cpp s#std::ceil(input.evolution#std::floor(input.evolution#
breed/reproduction_plan.cpp s#candidate != species \&\& input.quotas\[candidate\] > 0#candidate != species#
breed/reproduction.cpp s#random.bernoulli(rate)) column#random.bernoulli(rate / 2)) column#
select/fitness_sharing.cpp s#sum / static_cast<double>(speciation.members(species).size())#sum#
select/fitness_sharing.cpp s#age < static_cast<std::uint32_t>(params.species_limit)#age <= static_cast<std::uint32_t>(params.species_limit)#
species/speciation.cpp s#distance == least \&\& genome < nearest#distance == least \&\& genome > nearest#
species/speciation.cpp s#best > species_\[index\].best_merit#best >= species_[index].best_merit#
species/speciation.cpp s#species_.size() < target) next_threshold_ -=#species_.size() < target) next_threshold_ +=#
genome/innovation_table.cpp s#find_node(genome_nodes, entry->second) == genome_nodes.size()#true#
END
}

copy=$(mktemp -d)
trap 'rm -rf "$copy"' EXIT
for part in CMakeLists.txt CMakePresets.json cmake core evolution evaluation apps tests; do cp -R "$part" "$copy"; done
# Each source is compiled alone, so that a fault costs one of them.
cmake --preset test -S "$copy" -B "$copy/build" -DCMAKE_UNITY_BUILD=OFF -DCMAKE_CXX_FLAGS_RELWITHDEBINFO=-O1 >/dev/null
ninja -C "$copy/build" evolution_tests >/dev/null
"$copy/build/bin/evolution_tests" --gtest_brief=1 >/dev/null || { echo "the tests fail without a fault"; exit 1; }

# verdict FILE EDIT: makes the fault and says what came of it. Mends the file.
verdict() {
    cp "evolution/$1" "$copy/evolution/$1"
    sed -i "$2" "$copy/evolution/$1"
    if cmp -s "evolution/$1" "$copy/evolution/$1"; then
        echo 'DOES NOT APPLY'
    elif ! ninja -C "$copy/build" evolution_tests >"$copy/log" 2>&1; then
        echo 'DOES NOT COMPILE'
    elif timeout 300 "$copy/build/bin/evolution_tests" --gtest_brief=1 >"$copy/log" 2>&1; then
        echo 'NOT NOTICED'
    else
        echo 'noticed'
    fi
    cp "evolution/$1" "$copy/evolution/$1"
}

number=0
failed=0
faults >"$copy/faults"
while read -r file edit; do
    number=$((number + 1))
    case " ${*:-$number} " in *" $number "*) ;; *) continue ;; esac
    result=$(verdict "$file" "$edit")
    printf '%2d %-16s %s: %s\n' "$number" "$result" "$file" "$edit"
    [ "$result" = noticed ] || failed=1
done <"$copy/faults"
exit $failed
