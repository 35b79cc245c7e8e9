#include "tests/clade/program_fixture.hpp"
#include "tests/support/lines.hpp"

#include <regex>

namespace clade {
namespace {

TEST_F(Program, CallsARunUnsolvedOnlyWhereSomethingSolvesIt) {
    const Words endless{"run",   CLADE_SOURCE_DIR "/configs/iris.yaml", "--set", "stop.generations=2",
                        "--set", "evolution.population_size=20"};
    const Result ended = clade(endless);
    EXPECT_NE(ended.out.find("\nended after generation 1, "), std::string::npos) << ended.out;
    const std::string run = runs().front().string();
    EXPECT_NE(clade({"inspect", run}).out.find("  ended (stop.generations)\n"), std::string::npos);
    EXPECT_EQ(clade({"inspect", run}).out.find("not solved"), std::string::npos);
    Words with_criterion = endless;
    with_criterion.insert(with_criterion.end(), {"--set", "stop.solved_fitness=1e9"});
    EXPECT_NE(clade(with_criterion).out.find("\nnot solved after generation 1, "), std::string::npos);
}

TEST_F(Program, SolvesXorAndShowsWhatTheChampionSays) {
    const Result result = clade({"run", xor_config, "--seed", "7"});
    EXPECT_EQ(result.code, 0);
    EXPECT_NE(result.out.find("\nsolved in generation "), std::string::npos) << result.out;
    for (const char* part :
         {"\ncorrect cases: 4\n", "\ninput 1  input 2  target  output\n", "\n      1        0       1 "}) {
        EXPECT_NE(result.out.find(part), std::string::npos) << part << " is not in\n" << result.out;
    }
    EXPECT_EQ(runs().size(), 1U);
}

TEST_F(Program, PrintsOnlyTheRunsFolderWhenAskedToBeQuiet) {
    const Result result = clade({"run", xor_config, "--quiet", "--out", "my runs", "--set", "stop.generations=2"});
    EXPECT_EQ(result.code, 0);
    EXPECT_EQ(result.err, "");
    EXPECT_TRUE(result.out.starts_with("my runs/xor-")) << result.out;
    ASSERT_EQ(std::count(result.out.begin(), result.out.end(), '\n'), 1);
    const std::string folder = result.out.substr(0, result.out.size() - 1);
    EXPECT_EQ(inspected(folder)["generations"], 2);
    for (const char* generations : {"2", "3"}) {  // ended already, and not
        const Result resumed =
            clade({"resume", folder, "--quiet", "--set", std::string("stop.generations=") + generations});
        EXPECT_EQ(resumed.code, 0);
        EXPECT_EQ(resumed.out, result.out);
        EXPECT_EQ(resumed.err, "");
    }
}

TEST_F(Program, PrintsOneJsonDocumentOfARunAtItsEnd) {
    const Result result = clade({"run", xor_config, "--seed", "7", "--format", "json"});
    EXPECT_EQ(result.code, 0) << result.err;
    EXPECT_NE(result.err.find("generations "), std::string::npos) << "progress goes to stderr";
    const auto json = nlohmann::json::parse(result.out);
    const auto seen = inspected(json["folder"].get<std::string>());
    EXPECT_EQ(json["outcome"], "solved");
    EXPECT_EQ(json["solved"], true);
    for (const char* key : {"name", "task", "seed", "outcome", "stop_reason", "solved", "generations", "evaluations",
                            "best_fitness", "digest"}) {
        EXPECT_EQ(json[key], seen[key]) << key;
    }
    for (const char* key : {"id", "generation", "hidden", "connections"}) {
        EXPECT_EQ(json["champion"][key], seen["champion"][key]) << key;
    }
    EXPECT_EQ(json["measures"], seen["champion"]["measures"]);
    EXPECT_EQ(json["table"], seen["champion"]["table"]);
    EXPECT_TRUE(fs::exists(folder_ / json["champion"]["file"].get<std::string>()));
    const std::string help = clade({"run", "--help"}).out;
    for (const auto& [key, value] : json.items()) EXPECT_NE(help.find(key), std::string::npos) << key;
    EXPECT_EQ(clade({"resume", json["folder"], "--format", "json", "--quiet"}).out, result.out) << "it had ended";
}

TEST_F(Program, ReportsEveryMistakeOfAConfigurationAtOnceAndRunsNothing) {
    const std::string bad = CLADE_SOURCE_DIR "/tests/bad_configs/many_mistakes";
    std::string expected = read_file(bad + ".expected");
    const std::string name = "many_mistakes.yaml";
    for (std::size_t at = expected.find(name); at != std::string::npos; at = expected.find(name, at + bad.size())) {
        expected.replace(at, name.size(), bad + ".yaml");
    }
    for (const Words& words : {Words{"run", bad + ".yaml"}, Words{"config", "check", bad + ".yaml"}}) {
        const Result result = clade(words);
        EXPECT_EQ(result.code, 2);
        EXPECT_EQ(result.out, "");
        EXPECT_EQ(result.err, expected);
        EXPECT_TRUE(is_empty());
    }
}

TEST_F(Program, PlacesWhatOnlyOtherFilesCanTell) {
    const auto said = [this](const std::string& yaml, const Words& more = {}) {
        replace_file(folder_ / "c.yaml", yaml);
        std::string both;
        for (const Words& command : {Words{"run", "c.yaml"}, Words{"config", "check", "c.yaml"}}) {
            Words words = command;
            words.insert(words.end(), more.begin(), more.end());
            const Result result = clade(words);
            EXPECT_EQ(result.code, 2);
            EXPECT_EQ(result.out, "");
            EXPECT_EQ(result.err, both.empty() ? result.err : both) << "run and config check say the same";
            both = result.err;
        }
        EXPECT_TRUE(runs().empty());
        return both;
    };
    const std::string here = folder_.string();
    EXPECT_EQ(said("task: {name: supervised, label: y,\n       file: rows.csv}\n"),
              "c.yaml:2:8: task.file: must be a file in '" + here +
                  "' or in the working directory, got 'rows.csv'\n1 problem in c.yaml; nothing was run\n");
    replace_file(folder_ / "rows.csv", "a,y\n1,p\n2,q\n");
    EXPECT_EQ(said("task: {name: supervised, label: y, file: rows.csv, validation_fraction: 0.9}\n"),
              "c.yaml:1:52: task.validation_fraction: must leave rows to train on, got 0.9 of 2 rows\n"
              "1 problem in c.yaml; nothing was run\n");
    EXPECT_EQ(said("task: {name: supervised, label: z, file: rows.csv}\n"),
              here + "/rows.csv:1:1: the header must name column 'z', got: a y\n");
    EXPECT_EQ(said("task: {name: xor}\n", {"--set", "genome.initial.genome=g.json"}),
              "--set genome.initial.genome=g.json: genome.initial.genome: g.json: cannot be read: No such file or "
              "directory\n1 problem on the command line; nothing was run\n");
    replace_file(folder_ / "g.json", "{\"clade_genome\": 1}");
    EXPECT_EQ(said("task: {name: xor}\ngenome:\n  initial: {genome: g.json}\n"),
              "c.yaml:3:13: genome.initial.genome: " + here +
                  "/g.json: genome: the key 'network' is missing\n1 problem in c.yaml; nothing was run\n");
}

TEST_F(Program, RefusesBadInputWithoutLeavingATrace) {
    for (const Words& words : {
             Words{"run", xor_config, "--sed", "7"},
             {"run", xor_config, "--seed"},
             {"run", xor_config, "--seed", "seven"},
             {"run", xor_config, "--set", "evolution.population=10"},
             {"run", xor_config, "another.yaml"},
             {"run", "missing.yaml"},
             {"run", "."},
             {"run"},
             {"walk"},
             {"resume", "missing"},
             {"replay", "missing"},
             {"inspect", "missing"},
             {"cross-validate", xor_config},
             {"cross-validate", "missing.yaml"},
             {"cross-validate", CLADE_SOURCE_DIR "/configs/iris.yaml", "--folds", "1"},
             {"cross-validate", CLADE_SOURCE_DIR "/configs/iris.yaml", "--folds", "151"},
             {"inspect", "missing", "--generation", "-1"},
             {"inspect", "missing", "--format", "xml"},
             {"tasks", "xnor"},
             {"functions", "tan"},
             {"config"},
             {"config", "check", "missing.yaml"},
             {"completion", "csh"},
             {"bench"},
             {"bench", "walk"},
             {"bench", "--signature", "run"},
             {"bench", "generation", "--genomes", "0"},
             {"bench", "generation", "--genomes", "1000,many"},
             {"bench", "generation", "--connections", "2.5"},
             {"bench", "generation", "--threads", "-1"},
             {"bench", "network", "--threads", "2"},
             {"bench", "network", "--simd", "sse"},
             {"bench", "run", "--seeds", ""},
             {"run", ""},
             {"run", xor_config, "--out", xor_config},
             {"run", xor_config, "--out", ""},
         }) {
        std::string line;
        for (const std::string& word : words) line += word + " ";
        const Result result = clade(words);
        EXPECT_EQ(result.code, 2) << line;
        EXPECT_EQ(result.out, "") << line;
        EXPECT_NE(result.err, "") << line;
        EXPECT_TRUE(is_empty()) << line;
    }
}

TEST_F(Program, ExplainsEveryStrayWordOfTheCommandLine) {
    const auto said = [this](const Words& words) { return clade(words).err; };
    EXPECT_EQ(said({"run", "a.yaml", "--sed", "--quite", "b.yaml"}),
              "clade run: unknown flag '--sed'; did you mean '--seed'?\n"
              "clade run: unknown flag '--quite'; did you mean '--quiet'?\n"
              "clade run: unexpected argument 'b.yaml'\n"
              "see 'clade run --help'\n");
    EXPECT_EQ(said({"rnu", "a.yaml"}), "clade: unknown command 'rnu'; did you mean 'run'?\nsee 'clade --help'\n");
    EXPECT_EQ(said({"walk"}),
              "clade: unknown command 'walk'; there are: run resume inspect plot report replay verify predict evaluate "
              "export import cross-validate trials compare sweep suite "
              "tasks functions config bench completion help\n"
              "see 'clade --help'\n");
    EXPECT_EQ(said({"config", "shw", "a.yaml"}),
              "clade config: unknown command 'shw'; did you mean 'show'?\nsee 'clade config --help'\n");
    EXPECT_EQ(said({"run"}),
              "clade run: needs CONFIG, the experiment's YAML file, or --data FILE with --label COLUMN (classes) or "
              "--target COLUMN (numbers)\nsee 'clade run --help'\n");
    EXPECT_EQ(said({"compare", "a.yaml"}),
              "clade compare: needs CONFIG|FOLDER: Two or more YAML files, or folders of sets of trials.\n"
              "see 'clade compare --help'\n");
    EXPECT_EQ(said({"run", "a.yaml", "--out"}),
              "clade run: --out needs FOLDER: Folder in which the run's folder is created.\nsee 'clade run --help'\n");
    EXPECT_EQ(said({"inspect", "runs", "--generation", "-1"}),
              "clade inspect: --generation: must be a whole number from 0 to 4294967295, got '-1'\n"
              "see 'clade inspect --help'\n");
    EXPECT_EQ(said({"bench"}),
              "clade bench: needs a command; there are: nodes generation network run\nsee 'clade bench --help'\n");
    EXPECT_EQ(said({"bench", "generation", "--genomes", "10,x"}),
              "clade bench generation: --genomes: must be a whole number from 1 to 100000000, got 'x'\n"
              "see 'clade bench generation --help'\n");
    EXPECT_EQ(said({"tasks", "XOR"}), "unknown task 'XOR'; did you mean 'xor'?\n");
}

TEST_F(Program, ExplainsAWrongValueAsItWasTyped) {
    const auto said = [this](const Words& words) { return clade(words).err; };
    EXPECT_EQ(said({"inspect", "runs", "--format", "xml"}),
              "clade inspect: --format: must be one of table, json, csv, got 'xml'\nsee 'clade inspect --help'\n");
    EXPECT_EQ(said({"inspect", "runs", "--format", "jsno"}),
              "clade inspect: --format: must be one of table, json, csv, got 'jsno'; did you mean 'json'?\n"
              "see 'clade inspect --help'\n");
    EXPECT_EQ(said({"bench", "nodes", "--against", "rust"}),
              "clade bench nodes: --against: must be one of python, numba, julia, numpy, got 'rust'\n"
              "see 'clade bench nodes --help'\n");
    EXPECT_EQ(said({"run", xor_config, "--seed", "abc"}),
              "--seed abc: must be an integer of at least 0, or null, got 'abc'\n"
              "1 problem on the command line; nothing was run\n");
    EXPECT_EQ(said({"run", xor_config, "--set", "evolution.population=3"}),
              "--set evolution.population=3: evolution.population: unknown key; did you mean 'population_size'?\n"
              "1 problem on the command line; nothing was run\n");
    EXPECT_EQ(said({"run", xor_config, "--out", "/proc"}).substr(0, 10), "/proc/xor-");
    EXPECT_TRUE(said({"run", xor_config, "--out", "/proc"}).ends_with("; choose another folder with --out\n"));
    EXPECT_EQ(said({"run", xor_config, "--out", xor_config}),
              xor_config + ": runs cannot be created there: Not a directory; choose another folder with --out\n");
}

TEST_F(Program, SaysWhyAFlagOfRunIsNoneOfResume) {
    for (const char* flag : {"--seed", "--name", "--out"}) {
        const Result result = clade({"resume", "runs", flag, "4"});
        EXPECT_EQ(result.code, 2);
        EXPECT_EQ(result.err, std::string("clade resume: ") + flag +
                                  ": is fixed when a run is started; for another one start a new run: "
                                  "clade run CONFIG " +
                                  flag + " 4\nsee 'clade resume --help'\n");
    }
    EXPECT_EQ(clade({"resume", "--help"}).out.find("--seed"), std::string::npos);
}

TEST_F(Program, HelpsHoweverItIsAsked) {
    const std::string help = clade({"--help"}).out;
    for (const Words& words : {Words{"-h"}, Words{"help"}, Words{}}) EXPECT_EQ(clade(words).out, help);
    for (const Words& command : {Words{"run"}, Words{"config", "show"}, Words{"bench"}, Words{"help"}}) {
        Words with_flag = command;
        with_flag.push_back("--help");
        Words with_word = command;
        with_word.insert(with_word.begin(), "help");
        const Result result = clade(with_word);
        EXPECT_EQ(result.code, 0) << result.err;
        EXPECT_EQ(result.out, clade(with_flag).out);
    }
    EXPECT_EQ(clade({"help", "rnu"}).err, "clade help: unknown command 'rnu'; did you mean 'run'?\n");
    EXPECT_EQ(clade({"help", "config", "shw"}).err, "clade help: unknown command 'shw'; did you mean 'show'?\n");
    EXPECT_EQ(clade({"help", "run", "x"}).err, "clade help: 'clade run' has no commands below it\n");
    EXPECT_EQ(clade({"rnu", "--help"}).err, clade({"rnu"}).err) << "not the help of something else";
    EXPECT_EQ(clade({"config", "shw", "-h"}).code, 2);
}

TEST_F(Program, InspectsAsJsonWithTheKeysThatOthersReadBy) {
    const nlohmann::json json = inspected(run_xor());
    for (const char* key :
         {"run", "seed", "threads", "solved", "generations", "evaluations", "best_fitness", "champion", "digest"}) {
        EXPECT_TRUE(json.contains(key)) << key;
    }
    EXPECT_EQ(json["seed"], 7);
    EXPECT_EQ(json["threads"], 1);
    EXPECT_EQ(json["generations"], 5);
}

TEST_F(Program, InspectSaysHowLongARunWasInWordsThatReadLikeNoFraction) {
    const Result result = clade({"inspect", run_xor().string()});
    EXPECT_NE(result.out.find(" 5 generations of 150 genomes each\n"), std::string::npos) << result.out;
}

TEST_F(Program, ShowsWhatRefiningWeightsCostAndBrought) {
    const std::string run = run_xor({"--set", "refine.method=cma_es"}).string();
    const nlohmann::json json = inspected(run);
    EXPECT_GT(json.at("refined_evaluations"), 0);
    EXPECT_LT(json.at("refined_evaluations"), json.at("evaluations"));
    const auto first = nlohmann::json::parse(clade({"inspect", run, "--generation", "0", "--format", "json"}).out);
    int evaluations = 0;
    for (const auto& refined : first.at("refined")) {
        evaluations += refined.at("evaluations").get<int>();
        EXPECT_GE(refined.at("after"), refined.at("before"));
    }
    EXPECT_EQ(first.at("refined_evaluations"), evaluations);
    EXPECT_EQ(json.at("history").at(0).at("refined_evaluations"), evaluations);
    const std::string id = first.at("refined").at(0).at("genome").dump();
    const Result genome = clade({"inspect", run, "--genome", id});
    EXPECT_EQ(genome.code, 0) << genome.err;
    EXPECT_NE(genome.out.find("refined"), std::string::npos);
    EXPECT_EQ(clade({"replay", run}).code, 0);
}

TEST_F(Program, ShowsTheScoresOfGenomes) {
    const Result result = clade({"run", CLADE_SOURCE_DIR "/configs/maze.yaml", "--seed", "7", "--quiet", "--set",
                                 "stop.generations=1", "--set", "evolution.population_size=20"});
    ASSERT_EQ(result.code, 0) << result.err;
    const std::string run = runs().at(0).string();
    const auto json_of = [&](const Words& page) {
        Words words{"inspect", run, "--format", "json"};
        words.insert(words.end(), page.begin(), page.end());
        return nlohmann::json::parse(clade(words).out);
    };
    const nlohmann::json genome = json_of({"--genome", "3"});
    EXPECT_TRUE(genome.at("scores").contains("behaviour.x")) << genome;
    EXPECT_EQ(json_of({"--generation", "0"}).at("genomes").at(3).at("scores"), genome.at("scores"));
    EXPECT_NE(clade({"inspect", run, "--genome", "3"}).out.find("behaviour.x"), std::string::npos);
    const std::string csv = clade({"inspect", run, "--generation", "0", "--format", "csv"}).out;
    EXPECT_NE(csv.substr(0, csv.find('\n')).find("operators,"), std::string::npos) << csv;
    EXPECT_NE(csv.substr(0, csv.find('\n')).find(",behaviour.x"), std::string::npos) << csv;
}

TEST_F(Program, ShowsWhatRacingSaved) {
    const Result result = clade({"run", CLADE_SOURCE_DIR "/configs/cart_pole.yaml", "--seed", "7", "--set",
                                 "stop.generations=2", "--set", "evaluation.racing.first_episodes=1"});
    ASSERT_EQ(result.code, 0) << result.err;
    const std::string run = runs().at(0).string();
    const nlohmann::json json = inspected(run);
    const auto played = json.at("episodes_played").get<int>();
    const int all = played + json.at("episodes_saved").get<int>();
    EXPECT_GT(json.at("episodes_saved"), 0);
    EXPECT_EQ(all, json.at("evaluations").get<int>() * 5) << "episodes of each genome";
    const std::string text = " % of the episodes: " + std::to_string(played) + " of " + std::to_string(all);
    EXPECT_NE(result.out.find("racing played "), std::string::npos) << result.out;
    EXPECT_NE(result.out.find(text), std::string::npos) << result.out;
    EXPECT_NE(clade({"inspect", run}).out.find(text), std::string::npos);
    EXPECT_NE(clade({"inspect", run, "--generation", "0"}).out.find("round of the race"), std::string::npos);
    const auto first = nlohmann::json::parse(clade({"inspect", run, "--generation", "0", "--format", "json"}).out);
    int of_rounds = 0;
    for (const auto& round : first.at("race")) {
        of_rounds += round.at("genomes").get<int>() * round.at("episodes").get<int>();
    }
    EXPECT_EQ(first.at("episodes_played"), of_rounds);
    EXPECT_EQ(json.at("history").at(0).at("episodes_played"), of_rounds);
    EXPECT_EQ(clade({"replay", run}).code, 0);
    const Result resumed = clade({"resume", run, "--set", "evaluation.racing.keep=0.9"});
    EXPECT_EQ(resumed.code, 2);
    EXPECT_NE(resumed.err.find("evaluation.racing.keep: must stay 0.5"), std::string::npos) << resumed.err;
    EXPECT_EQ(clade({"inspect", run_xor().string()}).out.find("racing"), std::string::npos);
}

TEST_F(Program, GivesTheSameDigestForEveryNumberOfThreadsAndSimdLevel) {
    const auto digest = inspected(run_xor())["digest"];
    ASSERT_TRUE(digest.is_string());
    for (const Words& words : {Words{"--set", "evaluation.threads=2"}, Words{"--set", "evaluation.threads=5"},
                               Words{"--simd", "baseline"}, Words{"--simd", "avx2"}, Words{"--simd", "avx512"}}) {
        EXPECT_EQ(inspected(run_xor(words))["digest"], digest) << words.back();
    }
}

TEST_F(Program, ReplaysTheChampion) {
    const fs::path run = run_xor();
    const Result result = clade({"replay", run.string()});
    EXPECT_EQ(result.code, 0) << result.err;
    EXPECT_NE(result.out.find(": equal\n"), std::string::npos) << result.out;
}

TEST_F(Program, ReplayTracesAnEpisodeOfTheChampion) {
    const std::string config = CLADE_SOURCE_DIR "/configs/cart_pole.yaml";
    ASSERT_EQ(clade({"run", config, "--seed", "1", "--threads", "1", "--quiet"}).code, 0);
    const fs::path run = runs().at(0);
    const Result drawn = clade({"replay", run.string(), "--trace"});
    EXPECT_EQ(drawn.code, 0) << drawn.err;
    EXPECT_NE(drawn.out.find("time 0\n"), std::string::npos) << drawn.out;
    EXPECT_TRUE(fs::exists(run / "trace.csv"));
    EXPECT_TRUE(fs::exists(run / "trace.svg"));
    const std::string csv = clade({"replay", run.string(), "--trace", "--format", "csv"}).out;
    EXPECT_TRUE(csv.starts_with("time,position,velocity,angle,angular velocity,action,reward\n0,")) << csv;
    EXPECT_NE(csv, clade({"replay", run.string(), "--trace", "--episode", "1", "--format", "csv"}).out);
    EXPECT_NE(inspected(run)["solved"], nullptr);
    const auto json = nlohmann::json::parse(clade({"replay", run.string(), "--trace", "--format", "json"}).out);
    EXPECT_EQ(json["trace"]["columns"].size(), 7U);
    EXPECT_EQ(json["trace"]["rows"].size(), static_cast<std::size_t>(std::count(csv.begin(), csv.end(), '\n')) - 1);

    const Result none = clade({"replay", run_xor().string(), "--trace"});
    EXPECT_EQ(none.code, 2);
    EXPECT_NE(none.err.find("--trace needs a task with episodes; 'xor' has none"), std::string::npos) << none.err;
}

TEST_F(Program, ReplayPlaysHeldOutEpisodesDrawnFromTheRunsSeed) {
    const Words words{"run", CLADE_SOURCE_DIR "/configs/pendulum.yaml", "--quiet", "--set", "stop.generations=1"};
    for (const char* seed : {"1", "2"}) {
        Words one = words;
        one.insert(one.end(), {"--seed", seed, "--out", std::string("runs/") + seed});
        ASSERT_EQ(clade(one).code, 0);
    }
    const std::string csv = clade({"replay", "runs/1", "--episodes", "200", "--format", "csv"}).out;
    std::istringstream lines(csv);
    std::string line;
    std::getline(lines, line);
    EXPECT_EQ(line, "episode,return");
    double sum = 0.0;
    std::size_t count = 0;
    for (; std::getline(lines, line); ++count) sum += std::stod(line.substr(line.find(',') + 1));
    EXPECT_EQ(count, 200U);
    const auto json = nlohmann::json::parse(clade({"replay", "runs/1", "--episodes", "200", "--format", "json"}).out);
    const auto& episodes = json["held_out_episodes"];
    EXPECT_NEAR(episodes["mean"].get<double>(), sum / 200.0, 1e-9);
    EXPECT_LT(episodes["mean_low"], episodes["mean"]);
    EXPECT_GT(episodes["mean_high"], episodes["mean"]);
    const Result text = clade({"replay", "runs/1", "--episodes", "200"});
    EXPECT_EQ(text.code, 0) << text.err;
    EXPECT_NE(text.out.find("\nmean return of 200 held-out episodes: -"), std::string::npos) << text.out;
    EXPECT_TRUE(csv.starts_with(clade({"replay", "runs/1", "--episodes", "2", "--format", "csv"}).out))
        << "more episodes are further ones";
    EXPECT_NE(clade({"replay", "runs/2", "--episodes", "200", "--format", "csv"}).out, csv);
    const Result none = clade({"replay", run_xor().string(), "--episodes", "2"});
    EXPECT_EQ(none.code, 2);
    EXPECT_NE(none.err.find("--episodes needs a task with episodes; 'xor' has none"), std::string::npos) << none.err;
}

TEST_F(Program, ShowsWhatANetworkReadsAndGivesOnATask) {
    const std::string page = clade({"tasks", "cart_pole"}).out;
    for (const char* part : {"angular velocity", "rad/s", "push left", "Barto, Sutton & Anderson 1983"}) {
        EXPECT_NE(page.find(part), std::string::npos) << part << '\n' << page;
    }
    const auto json = nlohmann::json::parse(clade({"tasks", "cart_pole", "--format", "json"}).out);
    EXPECT_EQ(json["page"]["inputs"].size(), 4U);
    EXPECT_EQ(json["page"]["inputs"][0]["unit"], "m");
}

TEST_F(Program, MarksTheKeysThatChangeNoResult) {
    const auto rows = nlohmann::json::parse(clade({"config", "reference", "--format", "json"}).out);
    const std::string csv = clade({"config", "reference", "--format", "csv"}).out;
    const std::string table = std::regex_replace(clade({"config", "reference"}).out, std::regex("[ \n]+"), " ");
    std::size_t marked = 0;
    for (const auto& row : rows) {
        const std::string key = row["key"];
        const bool outside = key == "name" || key == "defaults" || key == "evaluation.threads" ||
                             key == "evaluation.simd" || key == "evaluation.memory_limit_mb" ||
                             key == "evaluation.rank_timeout" || key == "evaluation.on_failure" ||
                             key == "evaluation.seconds_per_genome" || key.starts_with("evaluation.champion.") ||
                             key.starts_with("stop") || key.starts_with("log") || key.starts_with("checkpoint") ||
                             key.starts_with("reference");
        EXPECT_EQ(row["changes_results"], !outside) << key;
        const std::size_t line = csv.find("\n" + key + ",") + 1;
        EXPECT_TRUE(csv.substr(line, csv.find('\n', line) - line).ends_with(outside ? ",false" : ",true")) << key;
        marked += outside ? 1U : 0U;
    }
    const std::string mark = "changes no result)";
    std::size_t found = 0;
    for (std::size_t at = table.find(mark); at != std::string::npos; at = table.find(mark, at + 1)) ++found;
    EXPECT_EQ(found, marked) << table;
}

TEST_F(Program, RepeatsARunFromItsFolderThoughTheGenomeItBeganWithIsGone) {
    fs::copy_file(run_xor() / "champion.json", folder_ / "start.json");
    const fs::path first = run_xor({"--set", "genome.initial.genome=" + (folder_ / "start.json").string()});
    fs::remove(folder_ / "start.json");
    const Result repeated = clade({"run", (first / "config.yaml").string(), "--out", "again"});
    EXPECT_EQ(repeated.code, 0) << repeated.err;
    EXPECT_EQ(inspected("again")["digest"], inspected(first)["digest"]);
    EXPECT_EQ(clade({"replay", first.string()}).code, 0);
    EXPECT_EQ(clade({"inspect", first.string(), "--genome", "300"}).code, 0);
    EXPECT_EQ(clade({"config", "check", (first / "config.yaml").string()}).code, 0);
}

TEST_F(Program, PrintsCommandsThatAShellTakesAsTheyAre) {
    const Result result = clade({"run", xor_config, "--set", "stop.generations=1", "--out", "my runs"});
    ASSERT_EQ(result.code, 0) << result.err;
    std::size_t commands = 0;
    for (std::size_t at = result.out.find("\n  "); at != std::string::npos; at = result.out.find("\n  ", at + 1)) {
        const std::string command = result.out.substr(at + 3, result.out.find('\n', at + 1) - at - 3);
        if (command.find("inspect") == std::string::npos && command.find("replay") == std::string::npos) continue;
        EXPECT_EQ(shell(command).code, 0) << command;
        ++commands;
    }
    EXPECT_EQ(commands, 3U);
}

TEST_F(Program, NeverWritesOverAFolder) {
    const Words words{"run", xor_config, "--seed", "7", "--threads", "1", "--set", "stop.generations=1"};
    constexpr std::size_t times = 4;  // within a second, so that names collide
    for (std::size_t i = 0; i < times; ++i) EXPECT_EQ(clade(words).code, 0);
    EXPECT_EQ(runs().size(), times);
    for (const fs::path& run : runs()) EXPECT_EQ(inspected(run)["generations"], 1);
}

TEST_F(Program, SaysItsVersion) {
    const Result result = clade({"--version"});
    EXPECT_EQ(result.code, 0);
    EXPECT_EQ(result.out.rfind("clade ", 0), 0U) << result.out;
    EXPECT_EQ(clade({"-V"}).out, result.out);
}

TEST_F(Program, HelpsWithEveryCommandInLinesThatFitTheTerminal) {
    constexpr std::size_t columns = 40;
    ::setenv("COLUMNS", std::to_string(columns).c_str(), 1);
    for (const Words& words : {Words{},
                               {"run"},
                               {"resume"},
                               {"inspect"},
                               {"replay"},
                               {"cross-validate"},
                               {"trials"},
                               {"compare"},
                               {"sweep"},
                               {"suite"},
                               {"tasks"},
                               {"functions"},
                               {"config"},
                               {"config", "show"},
                               {"config", "check"},
                               {"config", "reference"},
                               {"bench"},
                               {"bench", "nodes"},
                               {"bench", "generation"},
                               {"bench", "network"},
                               {"bench", "run"},
                               {"completion"}}) {
        Words help = words;
        help.push_back("--help");
        const Result result = clade(help);
        EXPECT_EQ(result.code, 0);
        EXPECT_NE(result.out, "");
        EXPECT_EQ(result.err, "");
        for (const std::string& line : lines_of(result.out)) {
            if (line.starts_with("  clade ") || line.starts_with("  source ")) continue;  // commands to copy
            EXPECT_LE(line.size(), columns) << line;
        }
    }
}

TEST_F(Program, UsesNoColoursAwayFromATerminal) {
    const std::string run = run_xor().string();
    for (const Words& words :
         {Words{"run", xor_config}, Words{"inspect", run}, Words{"inspect", run, "--generation", "1"},
          Words{"inspect", run, "--species", "1"}, Words{"inspect", run, "--genome", "1"}, Words{"replay", run},
          Words{"tasks"}, Words{"config", "reference"}, Words{"replay", "missing"}, Words{"--help"}}) {
        const Result result = clade(words);
        EXPECT_EQ((result.out + result.err).find('\x1b'), std::string::npos) << words.front();
    }
}

}  // namespace
}  // namespace clade
