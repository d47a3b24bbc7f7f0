import numpy

import fast

matrix = numpy.array([[2.0, 1.0], [1.0, 3.0]])
print("solved", numpy.linalg.solve(matrix, numpy.array([3.0, 4.0])).round(3).tolist())
print("twice", fast.twice(1.25))
