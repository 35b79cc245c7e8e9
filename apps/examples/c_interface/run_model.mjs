// Runs a champion from Node: `node run_model.mjs libclade_model.so.1 champion.json [NUMBER...]` prints the network's outputs
// for these inputs. Needs koffi (npm install koffi).
import koffi from 'koffi';

const [libraryPath, championPath, ...words] = process.argv.slice(2);
const library = koffi.load(libraryPath);
koffi.opaque('clade_model');
koffi.opaque('clade_network');
const abiVersion = library.func('uint32_t clade_abi_version()');
const errorText = library.func('const char *clade_error_text()');
const load = library.func('int32_t clade_model_load(const char *path, _Out_ clade_model **model)');
const destroyModel = library.func('void clade_model_destroy(clade_model *model)');
const count = library.func('size_t clade_model_count(const clade_model *model, int32_t list)');
const name = library.func('const char *clade_model_name(const clade_model *model, int32_t list, size_t index)');
const create = library.func(
  'int32_t clade_network_create(const clade_model *model, size_t rows, _Out_ clade_network **network)');
const destroyNetwork = library.func('void clade_network_destroy(clade_network *network)');
const activate = library.func(
  'int32_t clade_network_activate(clade_network *network, const float *inputs, size_t input_count, float *outputs, ' +
  'size_t output_count)');
const INPUTS = 0;
const OUTPUTS = 1;

function check(status) {
  if (status !== 0) throw new Error(errorText());
}

if (abiVersion() !== 1) throw new Error('another version of the interface');
const model = [null];
const network = [null];
check(load(championPath, model));
check(create(model[0], 1, network));
const inputs = new Float32Array(Number(count(model[0], INPUTS)));
const outputs = new Float32Array(Number(count(model[0], OUTPUTS)));
for (let i = 0; i < inputs.length; i++) inputs[i] = Number(words[i] ?? 0);
check(activate(network[0], inputs, inputs.length, outputs, outputs.length));
outputs.forEach((output, index) => console.log(name(model[0], OUTPUTS, index), output));
destroyNetwork(network[0]);
destroyModel(model[0]);
