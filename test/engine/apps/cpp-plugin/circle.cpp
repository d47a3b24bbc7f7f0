#include <expat.h>

#include <cmath>

// The library is needed and adds nothing.
extern "C" double area(double radius) { return M_PI * radius * radius + 0 * XML_ExpatVersionInfo().major; }
