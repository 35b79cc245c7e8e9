// A trained model as part of a product: predicts the rows of a file, and a row that the program itself has. Links
// clade::evaluation alone.
//
//   predict runs/iris-20260101-120000-1/champion.json new.csv
#include <clade/evaluation/model/predictor.hpp>

#include <exception>
#include <iostream>
#include <stdexcept>
#include <string>
#include <vector>

int main(int argc, char** argv) try {
    if (argc != 3) throw std::runtime_error("usage: predict MODEL.json FILE.csv");
    clade::Predictor predictor(clade::load_model(argv[1]));

    const clade::Predictions said = predictor.predict_file(argv[2]);
    for (std::size_t row = 0; row < said.rows.size(); ++row) {
        std::cout << "row " << said.rows[row] + 1 << ':';
        for (std::size_t o = 0; o < said.outputs.size(); ++o) {
            std::cout << ' ' << said.outputs[o] << ' ' << said.values(row, o);
        }
        std::cout << '\n';
    }

    std::cout << "a row of zeros:";
    const std::vector<double> row(predictor.columns().size(), 0.0);  // in the order of predictor.columns()
    for (const double value : predictor.predict_row(row)) std::cout << ' ' << value;
    std::cout << '\n';
} catch (const std::exception& error) {
    std::cerr << error.what() << '\n';
    return 1;
}
