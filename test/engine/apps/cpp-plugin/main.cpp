// Loads the shape that its first argument names and lets it say how large it is.
#include <dlfcn.h>

#include <cstdlib>
#include <iostream>
#include <string>

int main(int count, char **words) {
  const char *folder = std::getenv("SHAPES_PLUGINS");
  if (count < 3 || folder == nullptr) return 2;
  void *plugin = dlopen((std::string(folder) + "/" + words[1] + ".so").c_str(), RTLD_NOW);
  if (plugin == nullptr) {
    std::cerr << dlerror() << std::endl;
    return 1;
  }
  auto area = reinterpret_cast<double (*)(double)>(dlsym(plugin, "area"));
  std::cout << words[1] << " " << area(std::atof(words[2])) << std::endl;
}
